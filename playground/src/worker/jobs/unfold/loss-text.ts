// Losses written out as expressions of the outputs and the targets of one example.

import type { Model } from "neurite/train";
import { ProblemError } from "../../problem-error.ts";

type Loss = Model["training"]["losses"][number];

/** A class number as a row of zeros and a one; of a margin loss 0 stands for -1. */
export function targetsOf({ name }: Loss, y: readonly number[], units: number): readonly number[] {
  if (name === "hinge") return y.map((side) => (side === 0 ? -1 : side));
  if (y.length === units) return y;
  return Array.from({ length: units }, (_, j) => (j === y[0] ? 1 : 0));
}

/** The cost of one example by name, as statements. @param of behind each name, which of several it is of */
export function costText(
  loss: Loss,
  outputs: readonly string[],
  y: readonly string[],
  of = "",
): string[] {
  if (!(loss.config as { readonly fromLogits?: boolean }).fromLogits)
    return [`C${of} = ${lossText(loss, outputs, y)}`];
  // Such a loss takes net inputs.
  const shares = outputs.map((_, j) => `p${j + 1}${of}`);
  const cost = `C${of} = ${lossText(loss, shares, y)}`;
  if (loss.logits === "sigmoid")
    return [...outputs.map((z, j) => `${shares[j]} = sigmoid(${z})`), cost];
  const powers = outputs.map((_, j) => `q${j + 1}${of}`);
  return [
    ...outputs.map((z, j) => `${powers[j]} = exp(${z})`),
    `q${of} = ${powers.join(" + ")}`,
    ...powers.map((power, j) => `${shares[j]} = ${power}/q${of}`),
    cost,
  ];
}

/**
 * Of outputs a and targets y, all by name.
 * @throws ProblemError for a loss that is not written out
 */
function lossText(loss: Loss, a: readonly string[], y: readonly string[]): string {
  const { name, config } = loss;
  const { delta = 1, labelSmoothing = 0 } = config as Readonly<Record<string, number>>;
  const sum = (term: (a: string, y: string) => string) =>
    a.map((at, j) => term(at, y[j]!)).join(" + ");
  const share = a.length === 1 ? "" : `/${a.length}`;
  const entropy = sum((a, y) => `${y}*log(${a}) + (1 - ${y})*log(1 - ${a})`);
  if (labelSmoothing !== 0) throw unwritten(`${name}, { labelSmoothing: ${labelSmoothing} }`);
  switch (name) {
    case "quadratic":
      return `(${sum((a, y) => `(${y} - ${a})^2`)})/2`;
    case "meanSquaredError":
      return share === ""
        ? `(${y[0]} - ${a[0]})^2`
        : `(${sum((a, y) => `(${y} - ${a})^2`)})${share}`;
    case "binaryCrossentropy":
      return `-(${entropy})${share}`;
    case "crossEntropy":
      return `-(${entropy})`;
    case "meanAbsoluteError":
      return `(${sum((a, y) => `abs(${y} - ${a})`)})${share}`;
    case "huber":
      // e^2 / 2 up to delta, then the tangent.
      return `(${sum((a, y) => {
        const near = `min(abs(${y} - ${a}), ${delta})`;
        return `${near}*(abs(${y} - ${a}) - ${near}/2)`;
      })})${share}`;
    case "categoricalCrossentropy":
    case "sparseCategoricalCrossentropy":
    case "logLikelihood":
      return `-(${sum((a, y) => `${y}*log(${a})`)})`;
    case "hinge":
      return `(${sum((a, y) => `max(0, 1 - ${y}*${a})`)})${share}`;
    case "categoricalHinge": {
      const right = sum((a, y) => `${y}*${a}`);
      const wrong = a.map((at, j) => `(1 - ${y[j]})*${at}`);
      const largest = wrong.reduce((most, next) => `max(${most}, ${next})`);
      return `max(0, ${largest} - (${right}) + 1)`;
    }
    default:
      throw unwritten(name);
  }
}

function unwritten(name: string): ProblemError {
  return new ProblemError({ code: "noGraph", data: { reason: "loss", name } });
}
