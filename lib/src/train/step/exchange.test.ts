// What an exchange between gradients and update must hold to, with a stand-in for other machines.

import { describe, expect, it } from "vitest";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { add, mul } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { key, uniform } from "../../tensor/random.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import { sequential } from "../model/sequential.ts";
import type { Exchange } from "./exchange.ts";
import { gradientsOfBatch } from "./gradients.ts";
import { makeTrainStep, type StepInputs } from "./step.ts";

const x = uniform(key(1), [8, 3]);
const y = uniform(key(2), [8, 2]);
const half = (t: Tensor, part: 0 | 1): Tensor => at(t, part === 0 ? "0:4" : "4:8");

const PLANS = {
  "sgd with momentum": { optimizer: { name: "sgd", learningRate: 0.5, momentum: 0.9 } },
  adam: { optimizer: { name: "adam", learningRate: 0.1 } },
  "a penalty": {
    optimizer: { name: "sgd", learningRate: 0.5 },
    regularizer: { kind: "l2", lambda: 0.5, convention: "keras" },
  },
} satisfies Record<string, Partial<CompileModelOptions>>;

function inputsOf(plan: Partial<CompileModelOptions>): StepInputs {
  const { instance, training } = sequential([
    inputLayer([3]),
    dense(4, { activation: "tanh" }),
    dense(2),
  ]).compile({ loss: "meanSquaredError", optimizer: "sgd", ...plan });
  const { regularizers, ...rest } = training;
  return {
    ...rest,
    network: instance.network,
    frozen: {},
    params: instance.params,
    state: instance.layerState,
    step: instance.step,
    key: key(0),
    penalty: {
      regularizers,
      sizes: { trainingSize: 8, batchSize: 8, batches: 1 },
      weights: instance.network.weights(instance.params.tree),
    },
    notice: () => {},
  };
}

/** Averages with what another machine, which holds the second half, found for the same weights. */
function withOtherHalf(inputs: StepInputs): Exchange {
  return (mine) => {
    const number = add(inputs.step.read(), 1);
    const theirs = gradientsOfBatch(inputs, number, [half(x, 1)], [half(y, 1)]).found;
    return mapTree((a, b) => mul(add(a, b), 0.5), mine, theirs);
  };
}

describe.each(Object.entries(PLANS))("an exchange under %s", (_, plan) => {
  it.each([true, false])(
    "makes of two halves of a batch the step of the whole (eager: %s)",
    (eager) => {
      const whole = inputsOf(plan);
      const one = makeTrainStep(whole, { eager });
      const parted = inputsOf(plan);
      const two = makeTrainStep({ ...parted, exchange: withOtherHalf(parted) }, { eager });
      for (let i = 0; i < 4; i++) {
        const expected = one([x], [y]).loss.item();
        expect(two([half(x, 0)], [half(y, 0)]).loss.item()).toBeCloseTo(expected, 6);
      }
      for (const tree of ["params", "slots"] as const) {
        for (const [path, variable] of whole[tree].variables) {
          const other = parted[tree].variables.get(path)!.data;
          variable.data.forEach((value, i) => {
            expect(other[i]!, `${path} ${i}`).toBeCloseTo(value, 5);
          });
        }
      }
    },
  );
});

it("the outputs stay a machine's own, and the loss is that of all", () => {
  const inputs = inputsOf({});
  const step = makeTrainStep({
    ...inputs,
    exchange: (found) => ({ ...found, loss: scalar(7, "float32") }),
  });
  const { loss, outputs } = step([half(x, 0)], [half(y, 0)]);
  expect(loss.item()).toBe(7);
  expect(outputs[0]!.type.shape).toEqual([4, 2]);
});
