// A question to the worker that is asked anew when it changes; the last answer stays until the next one comes.

import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../app/index.ts";
import { WorkerProblem } from "../../client/index.ts";
import type { JobName, Jobs, Problem } from "../../protocol/index.ts";

export interface Answer<K extends JobName> {
  readonly gives: Jobs[K]["gives"] | null;
  /** What `gives` answers. */
  readonly asks: Jobs[K]["asks"] | null;
  readonly problem: Problem | null;
}

const NONE = { gives: null, asks: null, problem: null };

/** @param asks null asks nothing, and has no answer
 * @param again asks the same again when it changes */
export function useJob<K extends JobName>(
  job: K,
  asks: Jobs[K]["asks"] | null,
  again: unknown = null,
): Answer<K> {
  const training = useApp().training();
  const [answer, setAnswer] = useState<Answer<K>>(NONE);
  const key = JSON.stringify(asks);
  useEffect(() => {
    if (asks === null) {
      setAnswer(NONE);
      return;
    }
    let isOld = false;
    training.ask(job, asks).then(
      (gives) => !isOld && setAnswer({ gives, asks, problem: null }),
      (error: unknown) => {
        const problem: Problem =
          error instanceof WorkerProblem
            ? error.problem
            : { code: "unknown", data: { detail: String(error) } };
        if (!isOld) setAnswer((before) => ({ ...before, problem }));
      },
    );
    return () => {
      isOld = true;
    };
  }, [training, job, key, again]);
  return asks === null ? NONE : answer;
}
