// The answer of a job to what is asked now, while it changes as fast as a pointer moves.

import { useEffect, useRef, useState } from "preact/hooks";
import { WorkerProblem } from "../client/index.ts";
import type { JobName, Jobs, Problem } from "../protocol/index.ts";
import { useApp } from "./hooks.ts";

/** The last answer, and what it answers; a problem with what was asked last. */
export interface Answered<K extends JobName, A = undefined> {
  readonly asks: Jobs[K]["asks"];
  readonly gives: Jobs[K]["gives"];
  readonly about: A;
}

type Question<K extends JobName, A> = Omit<Answered<K, A>, "gives">;

/**
 * Asks a job whenever what is asked changes. One question is under way at a time: of those that come meanwhile only the
 * last is asked. The answer before stays until the next is there. Null asks nothing.
 * @param about what the page calls that which it asks for: an answer comes with the names of its own question
 */
export function useJob<K extends JobName, A = undefined>(
  job: K,
  asks: Jobs[K]["asks"] | null,
  about?: A,
): { readonly answer: Answered<K, A> | null; readonly problem: Problem | null } {
  const training = useApp().training();
  const [answer, setAnswer] = useState<Answered<K, A> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const queue = useRef({ isBusy: false, next: null as Question<K, A> | null, isGone: false });
  const key = asks === null ? null : JSON.stringify(asks);

  useEffect(() => {
    const { current } = queue;
    current.next = asks === null ? null : { asks, about: about as A };
    const run = async () => {
      current.isBusy = true;
      while (current.next !== null) {
        const now: Question<K, A> = current.next;
        current.next = null;
        try {
          const gives = await training.ask(job, now.asks);
          if (current.isGone) return;
          setAnswer({ ...now, gives });
          setProblem(null);
        } catch (error) {
          if (!(error instanceof WorkerProblem)) throw error;
          if (current.isGone) return;
          setProblem(error.problem);
        }
      }
      current.isBusy = false;
    };
    if (asks !== null && !current.isBusy) void run();
  }, [job, key]);
  useEffect(() => {
    queue.current.isGone = false;
    return () => {
      queue.current.isGone = true;
    };
  }, []);
  return { answer, problem };
}
