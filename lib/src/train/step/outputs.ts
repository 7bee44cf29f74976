// What is known of a network's outputs before it runs, and losses that could learn nothing from them.

import { ArgumentError, NeuriteError } from "../../checks/errors.ts";
import { Value } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import { activationNames } from "../../nn/activations/index.ts";
import type { FloatDType, LayerResult } from "../../nn/layers/layer.ts";
import { expectOutputs } from "../../nn/losses/checked.ts";
import type { Loss } from "../../nn/losses/index.ts";
import type { Meaning } from "../../nn/metrics/index.ts";
import { Trace } from "../../runtime/interpreter/trace.ts";
import { runTrace } from "../../runtime/interpreter/tracing.ts";
import { Tensor } from "../../runtime/values/tensor.ts";

/** One output of a network. */
export interface Output {
  /** Of one example. */
  readonly shape: Shape;
  /** The name of the activation that it comes from, where that is known. */
  readonly activation: string | null;
}

type Apply = (x: readonly Tensor[]) => { readonly outputs: readonly LayerResult[] };

/** What a network takes and gives. */
interface Ends {
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly dtype: FloatDType;
  /** How many examples to trace it with. */
  readonly batch: number;
}

/** Traces the network, without running it, to see what its outputs come from. */
export function outputsOf(
  { inputShapes, outputShapes, dtype, batch }: Ends,
  apply: Apply,
): Output[] {
  const state = { reads: new Map(), writes: new Map(), gradients: new Map() };
  const trace = new Trace("compile", null, state);
  const x = inputShapes.map((shape) => {
    const type = { dtype, shape: [batch, ...shape] };
    return new Tensor({ type, value: new Value(type), trace });
  });
  const results = untilError(() => runTrace(trace, () => apply(x).outputs));
  return outputShapes.map((shape, i) => ({
    shape,
    activation: results?.[i]?.logits?.activation ?? null,
  }));
}

/** A layer of the user's own may need values, or other inputs: of its output nothing is known then. */
function untilError<T>(body: () => T): T | null {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError) return null;
    throw error;
  }
}

/** Built-in activations whose outputs can be probabilities. */
const PROBABILITIES = ["sigmoid", "hardSigmoid", "softmax", "step"];

/**
 * @returns a remark on a loss that will not work well, or null
 * @throws ArgumentError for one that cannot work at all
 */
export function expectLossOf(loss: Loss, { shape, activation }: Output): string | null {
  const isKnown = activation !== null && (activationNames() as string[]).includes(activation);
  if (loss.targets) expectOutputs(`compile: ${loss.name}`, loss.targets, [1, ...shape]);
  if (!isKnown) return null;
  const isProbability = PROBABILITIES.includes(activation);
  if (loss.predictions === "logits" && isProbability) {
    throw new ArgumentError(
      `compile: ${loss.name} with fromLogits takes net inputs, but the output went through ` +
        `${activation} already. Leave out one of the two.`,
    );
  }
  if (loss.predictions !== "probabilities" || isProbability) return null;
  const wanted = loss.logits ?? "softmax";
  const other = loss.logits ? ", or tell the loss { fromLogits: true }" : "";
  return (
    `${loss.name} takes outputs for probabilities, and those of this network (${activation}) may ` +
    `leave the range from 0 to 1: end it with ${wanted}${other}.`
  );
}

/** What a loss takes outputs for, as metrics should read them. */
export function meaningOf({ predictions, logits }: Loss, { activation, shape }: Output): Meaning {
  if (predictions === "logits") {
    return { logitsOf: logits ?? (shape.at(-1) === 1 ? "sigmoid" : "softmax") };
  }
  if (predictions) return predictions;
  return activation !== null && PROBABILITIES.includes(activation) ? "probabilities" : null;
}
