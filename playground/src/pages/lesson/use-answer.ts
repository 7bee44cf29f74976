// What the program of a lesson gives for the present values: asked of the worker, the last question first.

import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../../app/index.ts";
import { WorkerProblem } from "../../client/index.ts";
import type { Answer, Values } from "../../protocol/index.ts";

export interface Asked {
  /** Of `values`, or of earlier ones while the worker is at it. */
  readonly answer: Answer | null;
  /** What the answer is the answer to. */
  readonly values: Values | null;
  readonly isBusy: boolean;
}

/**
 * @param isLive whether it is asked as soon as values change
 * @param run counts up to ask now
 */
export function useAnswer(id: string, values: Values, isLive: boolean, run = 0): Asked {
  const app = useApp();
  const [asked, setAsked] = useState<Asked>({ answer: null, values: null, isBusy: false });
  const wanted = useRef<Values | null>(null);
  const isAsking = useRef(false);
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);

  const ask = async () => {
    // One question at a time: while a slider moves, what lies between is never computed.
    if (isAsking.current) return;
    isAsking.current = true;
    while (wanted.current && isThere.current) {
      const now = wanted.current;
      wanted.current = null;
      setAsked((before) => ({ ...before, isBusy: true }));
      try {
        const answer = await app.training().ask("lesson", { id, values: now });
        if (isThere.current) setAsked({ answer, values: now, isBusy: false });
      } catch (error) {
        if (isThere.current) setAsked((before) => ({ ...before, isBusy: false }));
        if (error instanceof WorkerProblem) app.report(error.problem);
        else throw error;
      }
    }
    isAsking.current = false;
  };

  const key = JSON.stringify(values);
  useEffect(() => {
    if (!isLive) return;
    wanted.current = values;
    void ask();
  }, [id, key, isLive]);
  useEffect(() => {
    if (run === 0) return;
    wanted.current = values;
    void ask();
  }, [run]);
  return asked;
}
