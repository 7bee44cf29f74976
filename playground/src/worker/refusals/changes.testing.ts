// Runs that differ from the truth table of exclusive or in one thing or two. For tests.

/** What of a run is another; the rest is as in the first example. */
export type Change = Readonly<Record<string, unknown>>;

export const input = (...shape: number[]) => ({ kind: "input", shape });
export const out = { kind: "dense", units: 1, activation: "sigmoid" };
export const layers = (...list: unknown[]): Change => ({ model: { layers: list } });
/** A layer between two inputs and one output. */
export const between = (layer: object, ...shape: number[]): Change =>
  layers(input(2), { kind: "reshape", shape }, layer, { kind: "flatten" }, out);
export const layer = (kind: string, rest: object = {}): Change =>
  layers(input(2), { kind, ...rest }, out);
export const ends = (units: number, activation: string, rest: Change): Change => ({
  ...layers(input(2), { kind: "dense", units, activation }),
  ...rest,
});
export const graph = (nodes: unknown[], outputs = ["out"], inputs = ["in"]): Change => ({
  model: { inputs, outputs, nodes },
});
export const first = { id: "in", reads: [], ...input(2) };
export const last = { id: "out", reads: ["in"], ...out };
export const values = { data: { name: "regressionPlane", samples: 20 } };
export const arms = { data: { name: "arms", samples: 20 } };

export const steps = (layer: object, list: readonly object[] = []): Change =>
  layers(input(2), { kind: "reshape", shape: [2, 1] }, layer, ...list, { kind: "flatten" }, out);
export const yes = (loss: unknown, units = 1, activation = "sigmoid", rest: Change = {}): Change =>
  ends(units, activation, { loss, ...rest });
export const lbfgs = { optimizer: "lbfgs" };
export const rnn = { kind: "simpleRnn", units: 2 };
export const gru = { kind: "gru", units: 2 };
