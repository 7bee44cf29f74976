// Whether an answer is what a goal wants, and how near it is.

import type { Answer, Values } from "../protocol/index.ts";
import type { Condition, Lesson, LessonStep, Prediction } from "./lesson.ts";

export function holds({ of, is, value, within = 0 }: Condition, { numbers }: Answer): boolean {
  const now = numbers[of];
  if (now === undefined || Number.isNaN(now)) return false;
  switch (is) {
    case "atLeast":
      return now >= value;
    case "atMost":
      return now <= value;
    case "above":
      return now > value;
    case "below":
      return now < value;
    case "near":
      return Math.abs(now - value) <= within;
  }
}

/** Whether all conditions of a goal hold. */
export function isReached(goal: readonly Condition[], answer: Answer): boolean {
  return goal.every((condition) => holds(condition, answer));
}

/** How much of a goal is reached, from 0 to 1: the least of its conditions, against where the step began. */
export function shareOf(goal: readonly Condition[], answer: Answer, begin: Answer): number {
  return Math.min(
    ...goal.map((condition) => {
      if (holds(condition, answer)) return 1;
      const [now, first] = [answer.numbers[condition.of], begin.numbers[condition.of]];
      if (now === undefined || first === undefined) return 0;
      const way = Math.abs(first - condition.value);
      const left = Math.abs(now - condition.value);
      // What is not reached is never shown as all of it.
      return way === 0 || Number.isNaN(left) ? 0 : Math.min(Math.max(1 - left / way, 0), 0.99);
    }),
  );
}

/** What the reader has locked in: the key of a choice, a number, or heights at the places of a curve. */
export type Predicted = string | number | readonly number[];

/** Whether a prediction was right, by the answer at the step's own values. */
export function isRight(predict: Prediction, predicted: Predicted, answer: Answer): boolean {
  if (predict.kind === "choice") return rightChoice(predict, answer) === predicted;
  if (predict.kind === "number") {
    return Math.abs(Number(predicted) - answer.numbers[predict.of]!) <= predict.within;
  }
  const heights = heightsOf(predict, answer);
  const off = heights.map((y, i) => Math.abs(y - (predicted as readonly number[])[i]!));
  return off.reduce((sum, d) => sum + d, 0) / off.length <= predict.within;
}

/** The key of the choice whose condition holds; undefined if none does, which tests refuse. */
export function rightChoice(
  { choices }: Extract<Prediction, { kind: "choice" }>,
  answer: Answer,
): string | undefined {
  return Object.keys(choices).find((key) => holds(choices[key]!, answer));
}

/** The true heights at the places where a curve is predicted: those of the nearest points that were computed. */
export function heightsOf(
  { of, at }: Extract<Prediction, { kind: "curve" }>,
  { curves }: Answer,
): number[] {
  const curve = curves![of]!;
  return at.map((place) => {
    let best = 0;
    curve.x.forEach((x, i) => {
      if (Math.abs(x - place) < Math.abs(curve.x[best]! - place)) best = i;
    });
    return curve.y[best]!;
  });
}

/** The values of a step with those of a link over them, where the lesson has such a control and range. */
export function valuesFrom(
  { controls }: Lesson,
  { set }: LessonStep,
  query: ReadonlyMap<string, string>,
): Values {
  const given = controls.flatMap((control): [string, number | string][] => {
    const text = query.get(control.name);
    if (text === undefined) return [];
    if (control.kind === "choice") {
      return control.options.includes(text) ? [[control.name, text]] : [];
    }
    const value = Number(text);
    const fits = text.trim() !== "" && value >= control.min && value <= control.max;
    return fits && (!control.isWhole || Number.isInteger(value)) ? [[control.name, value]] : [];
  });
  return { ...set, ...Object.fromEntries(given) };
}
