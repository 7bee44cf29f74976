/** Two small training runs, the same wherever they run: the nets of the benchmark's W1 and W5. */
import { createWasmEngine, type DataArray, type DType, type WasmOptions } from "neurite";
import { dense, rescaling } from "neurite/nn";
import { sequential } from "neurite/train";

interface Values {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: DataArray;
}

export interface Run {
  readonly workload: keyof typeof MODELS;
  readonly x: Values;
  readonly y: Values;
  readonly engine: WasmOptions;
}

export interface Trained {
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
  readonly weights: readonly DataArray[];
}

const MODELS = {
  /** 784-30-10 sigmoid, quadratic cost, minibatch 10: Nielsen's first network, on bytes. */
  W1: () =>
    sequential([
      rescaling(1 / 255, { inputShape: [784] }),
      dense(30, { activation: "sigmoid" }),
      dense(10, { activation: "sigmoid" }),
    ]),
  /** 2-8-8-1 tanh, half the squared error, minibatch 10: the playground's network. */
  W5: () =>
    sequential([
      dense(8, { activation: "tanh", inputShape: [2] }),
      dense(8, { activation: "tanh" }),
      dense(1, { activation: "tanh" }),
    ]),
};
const SETTINGS = { W1: { rate: 3, epochs: 10 }, W5: { rate: 0.03, epochs: 50 } };

export async function train({ workload, x, y, engine }: Run): Promise<Trained> {
  const { rate, epochs } = SETTINGS[workload];
  const model = MODELS[workload]()
    .with({ seed: 1, engine: createWasmEngine(engine) })
    .compile({ loss: "quadratic", optimizer: { name: "sgd", learningRate: rate } });
  const history = await model.fit(x, y, { epochs, batchSize: 10 });
  return {
    losses: history.epochs.map(({ loss }) => loss!),
    weights: [...model.state.snapshot().values()],
  };
}
