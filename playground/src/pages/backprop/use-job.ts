// A question to the worker that is asked anew when it changes; the last answer stays until the next one comes.

import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../app/index.ts";
import { WorkerProblem } from "../../client/index.ts";
import type { JobName, Jobs, Problem } from "../../protocol/index.ts";

export interface Answer<T> {
  readonly gives: T | null;
  readonly problem: Problem | null;
}

/** @param asks null asks nothing
 * @param again asks the same again when it changes */
export function useJob<K extends JobName>(
  job: K,
  asks: Jobs[K]["asks"] | null,
  again: unknown = null,
): Answer<Jobs[K]["gives"]> {
  const training = useApp().training();
  const [answer, setAnswer] = useState<Answer<Jobs[K]["gives"]>>({ gives: null, problem: null });
  const key = JSON.stringify(asks);
  useEffect(() => {
    if (asks === null) return;
    let isOld = false;
    training.ask(job, asks).then(
      (gives) => !isOld && setAnswer({ gives, problem: null }),
      (error: unknown) => {
        const problem: Problem =
          error instanceof WorkerProblem
            ? error.problem
            : { code: "unknown", data: { detail: String(error) } };
        if (!isOld) setAnswer((before) => ({ gives: before.gives, problem }));
      },
    );
    return () => {
      isOld = true;
    };
  }, [training, job, key, again]);
  return answer;
}
