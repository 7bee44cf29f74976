// A goal, and how near one is.

import { useText } from "../app/index.ts";

export interface GoalBarProps {
  readonly goal: string;
  /** What is reached now, in words. */
  readonly now: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly isReached: boolean;
}

export function GoalBar({ goal, now, share, isReached }: GoalBarProps) {
  const text = useText("widgets");
  const state = isReached ? text.goalReached : text.goalNow(now);
  return (
    <div class={`goal-bar ${isReached ? "is-reached" : ""}`}>
      <span class="goal-name">
        {text.goal}: {goal}
      </span>
      <progress max={1} value={Math.min(Math.max(share, 0), 1)} aria-label={`${goal}: ${state}`} />
      <span class="goal-now">
        {isReached && <span aria-hidden="true">✓ </span>}
        {state}
      </span>
    </div>
  );
}
