// The layers of a run as the page's controls see them: dense layers one after the other, each perhaps with dropout.

import type { LayerSpec, RunSpec } from "neurite/spec";

/** Those of the menus. */
export const ACTIVATIONS = [
  "linear",
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  "elu",
  "softplus",
  "softsign",
  "gelu",
  "silu",
  "sin",
  "step",
] as const;
export const INITIALIZERS = [
  "glorotUniform",
  "glorotNormal",
  "heNormal",
  "heUniform",
  "lecunNormal",
  "scaledNormal",
  "normal",
  "uniform",
  "orthogonal",
  "zeros",
  "ones",
] as const;

export const MOST_LAYERS = 8;
export const MOST_UNITS = 16;

/** A hidden layer, and the share of its outputs that training leaves out. */
export interface HiddenLayer {
  readonly dense: LayerSpec;
  readonly dropout: number;
}

export interface Stack {
  readonly input: LayerSpec;
  readonly hidden: readonly HiddenLayer[];
  readonly output: LayerSpec;
}

/** The layers of a run; null where it is made of others too, which no control changes. */
export function stackOf({ model }: RunSpec): Stack | null {
  if (!("layers" in model)) return null;
  const [input, ...rest] = model.layers;
  const output = rest.at(-1);
  if (input?.kind !== "input" || output?.kind !== "dense") return null;
  const hidden: HiddenLayer[] = [];
  for (const layer of rest.slice(0, -1)) {
    const last = hidden.at(-1);
    if (layer.kind === "dense") hidden.push({ dense: layer, dropout: 0 });
    else if (layer.kind === "dropout" && last && last.dropout === 0)
      hidden[hidden.length - 1] = { ...last, dropout: layer["p"] as number };
    else return null;
  }
  return { input, hidden, output };
}

/** The run with these layers. */
export function withStack(run: RunSpec, { input, hidden, output }: Stack): RunSpec {
  const layers = hidden.flatMap(({ dense, dropout }) =>
    dropout === 0 ? [dense] : [dense, { kind: "dropout", p: dropout }],
  );
  return { ...run, model: { layers: [input, ...layers, output] } };
}

/** The run with other hidden layers; as it is where it is made of others too. */
export function withHidden(
  run: RunSpec,
  change: (hidden: readonly HiddenLayer[]) => readonly HiddenLayer[],
): RunSpec {
  const stack = stackOf(run);
  return stack ? withStack(run, { ...stack, hidden: change(stack.hidden) }) : run;
}

/** One more hidden layer, like the last: two units of tanh if there is none. */
export function withLayerAdded(run: RunSpec): RunSpec {
  return withHidden(run, (hidden) => {
    if (hidden.length >= MOST_LAYERS) return hidden;
    const like = hidden.at(-1)?.dense ?? { kind: "dense", units: 2, activation: "tanh" };
    const { name: _, ...dense } = like;
    return [...hidden, { dense: dense as LayerSpec, dropout: 0 }];
  });
}

export function withLayerRemoved(run: RunSpec, at: number): RunSpec {
  return withHidden(run, (hidden) => hidden.filter((_, i) => i !== at));
}

/** One hidden layer with other arguments. */
export function withLayer(
  run: RunSpec,
  at: number,
  change: Readonly<Record<string, unknown>>,
): RunSpec {
  return withHidden(run, (hidden) =>
    hidden.map((layer, i) =>
      i === at ? { ...layer, dense: { ...layer.dense, ...change } as LayerSpec } : layer,
    ),
  );
}

export function withDropout(run: RunSpec, at: number, dropout: number): RunSpec {
  return withHidden(run, (hidden) =>
    hidden.map((layer, i) => (i === at ? { ...layer, dropout } : layer)),
  );
}

export function withOutput(run: RunSpec, change: Readonly<Record<string, unknown>>): RunSpec {
  const stack = stackOf(run);
  if (!stack) return run;
  return withStack(run, { ...stack, output: { ...stack.output, ...change } as LayerSpec });
}

/** How weights start, the same in all layers. */
export function withInitializer(run: RunSpec, weights: unknown): RunSpec {
  const stack = stackOf(run);
  if (!stack) return run;
  const put = (layer: LayerSpec): LayerSpec => ({ ...layer, weights });
  return withStack(run, {
    input: stack.input,
    hidden: stack.hidden.map(({ dense, dropout }) => ({ dense: put(dense), dropout })),
    output: put(stack.output),
  });
}

/** The name of something that may have options: of an activation, a loss, an optimizer. */
export function nameOf(named: unknown, otherwise: string): string {
  if (typeof named === "string") return named;
  const name = (named as { readonly name?: unknown } | undefined)?.name;
  return typeof name === "string" ? name : otherwise;
}

export function activationOf(layer: LayerSpec): string {
  return nameOf(layer["activation"], "linear");
}

export function initializerOf(layer: LayerSpec): string {
  return nameOf(layer["weights"], "glorotUniform");
}
