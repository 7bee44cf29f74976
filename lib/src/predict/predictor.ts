// A network with its numbers, which predicts: a model without what training needs.

import { count, expectOptions, type Kinds } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import type { Shape } from "../ir/shape.ts";
import { CARRIED, type FloatDType, type LayerVariables } from "../nn/layers/layer.ts";
import type { Network } from "../nn/network/network.ts";
import { tensorsByPath } from "../nn/network/params.ts";
import type { NdArray } from "../ops/define.ts";
import { withCurrent } from "../runtime/interpreter/current.ts";
import { elementsOf } from "../runtime/values/tensor.ts";
import { foldIn, type Key, key } from "../tensor/random.ts";
import { inputsFor, joinRows, rowsBetween, toTensor } from "../train/batches/examples.ts";
import type { RowsOf } from "../train/batches/rows.ts";
import { makeBreather } from "../train/loop/breathe.ts";

/** Options of predict(). */
export interface PredictOptions {
  /** Rows that are computed at once; 256 by default. */
  readonly batchSize?: number;
}

const OPTIONS: Kinds<PredictOptions> = { batchSize: count };
const DEFAULT_BATCH = 256;

/** What a saved model gives for examples. */
export interface Predictor {
  /** Shapes of one example of each input. */
  readonly inputShapes: readonly Shape[];
  /** Shapes of what each output gives for one example. */
  readonly outputShapes: readonly Shape[];
  /** Names of the layers that the outputs come from. */
  readonly outputNames: readonly string[];
  /**
   * The output for examples, as `Model.predict` gives it.
   * @param x of shape [batch, ...]: an array { dtype, shape, data }, nested arrays or typed arrays; for several
   * inputs a list of these
   * @throws ArgumentError where the network has several outputs, ShapeError for examples that do not fit
   */
  predict(x: RowsOf, options?: PredictOptions): Promise<NdArray>;
  /** The outputs for examples, one array for each output of the network. */
  predictAll(x: RowsOf, options?: PredictOptions): Promise<NdArray[]>;
  /** Stateful recurrent layers begin anew. */
  resetStates(): void;
}

/** The stream of the seed that a model draws its steps from. */
const STEPS = 1;

/** @param variables of the network, all of them */
export function makePredictor(
  network: Network,
  { dtype, seed }: { readonly dtype: FloatDType; readonly seed: number },
  variables: LayerVariables,
): Predictor {
  const { inputShapes, outputShapes, outputNames } = network;
  let { state } = variables;
  const isCarried = [...tensorsByPath("state", state).keys()].some((path) =>
    path.split("/").includes(CARRIED),
  );
  let stream: Key | null = null;
  const run = (x: readonly NdArray[]): NdArray[] =>
    withCurrent({ trace: null, recording: false }, () => {
      stream ??= foldIn(key(seed), STEPS);
      const given = { params: variables.params, state };
      const result = network.apply(given, x.map(toTensor), { training: false, key: stream });
      if (isCarried) state = result.state;
      return result.outputs.map(({ y }) => ({ ...y.type, data: elementsOf(y) }));
    });

  async function predictAll(where: string, x: RowsOf, options: PredictOptions): Promise<NdArray[]> {
    expectOptions(where, options, OPTIONS);
    const { batchSize = DEFAULT_BATCH } = options;
    const examples = inputsFor(where, { network, dtype }, x);
    const parts: NdArray[][] = outputShapes.map(() => []);
    const breathe = makeBreather();
    for (let from = 0; from < examples.count; from += batchSize) {
      const to = Math.min(from + batchSize, examples.count);
      run(examples.x.map((array) => rowsBetween(array, from, to))).forEach((output, i) => {
        parts[i]!.push(output);
      });
      await breathe();
    }
    return parts.map(joinRows);
  }

  return {
    inputShapes,
    outputShapes,
    outputNames,
    predict: async (x, options = {}) => {
      if (outputShapes.length > 1) {
        throw new ArgumentError(
          `predict: expected a network of one output, received one of ${outputShapes.length}: ` +
            "predictAll() gives a list of them",
        );
      }
      return (await predictAll("predict", x, options))[0]!;
    },
    predictAll: async (x, options = {}) => await predictAll("predictAll", x, options),
    resetStates: () => {
      ({ state } = variables);
    },
  };
}
