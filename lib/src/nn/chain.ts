// A chain of layers, each fed by the one before: the network behind sequential().

import { ArgumentError, NeuriteError, ShapeError } from "../ir/errors.ts";
import { type Shape, showShape } from "../ir/shape.ts";
import { scope } from "../runtime/current.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { foldIn } from "../tensor/random.ts";
import type { Layer, LayerResult, LayerVariables, Params } from "./layers/layer.ts";
import { type Network, nameLayers } from "./network.ts";

/**
 * @param inputShape the shape of one example
 * @throws ShapeError for sizes that are not whole, and naming the first layer that does not fit
 */
export function chain(inputShape: Shape, layers: readonly Layer[]): Network {
  expectWhole(inputShape);
  if (layers.length === 0) throw new ArgumentError("sequential: expected at least one layer");
  const names = nameLayers(layers);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice) throw new ArgumentError(`sequential: two layers are named "${twice}"`);
  const shapes: Shape[] = [inputShape];
  layers.forEach((layer, i) => {
    shapes.push(inLayer(names[i]!, () => layer.outputShape(shapes[i]!)));
  });
  const specs = layers.map(({ spec }) => spec);
  return {
    inputShapes: [inputShape],
    outputShapes: [shapes.at(-1)!],
    spec: specs.every((spec) => spec !== null)
      ? {
          layers: [
            { kind: "input", shape: inputShape },
            ...specs.filter(({ kind }) => kind !== "input"),
          ],
        }
      : null,
    placed: layers.map(({ kind }, i) => ({
      name: names[i]!,
      kind,
      outputShape: shapes[i + 1]!,
      reads: i === 0 ? [] : [names[i - 1]!],
    })),
    init: (key, dtype) => {
      const made = layers.map((layer, i) => layer.init(foldIn(key, i), shapes[i]!, dtype));
      return {
        params: byName(
          names,
          made.map(({ params }) => params),
        ),
        state: byName(
          names,
          made.map(({ state }) => state),
        ),
      };
    },
    apply: (variables, [x], context) => {
      const states: Params[] = [];
      const given = new Map<string, Tensor>();
      let result: LayerResult = { y: expectInput(x!, inputShape), state: {} };
      layers.forEach((layer, i) => {
        const name = names[i]!;
        const own = { ...context, key: foldIn(context.key, i) };
        result = inLayer(name, () =>
          scope(name, () => layer.apply(variablesAt(variables, name), result.y, own)),
        );
        states.push(result.state);
        given.set(name, result.y);
      });
      return { outputs: [result], state: byName(names, states), layers: given };
    },
  };
}

/** The variables of one layer; a layer that has none is left out of the records. */
export function variablesAt({ params, state }: LayerVariables, name: string): LayerVariables {
  return { params: (params[name] ?? {}) as Params, state: (state[name] ?? {}) as Params };
}

/** A record by layer name, without the empty ones. */
export function byName(names: readonly string[], records: readonly Params[]): Params {
  const filled = records.flatMap((record, i) =>
    Object.keys(record).length > 0 ? [[names[i]!, record] as const] : [],
  );
  return Object.fromEntries(filled);
}

/** Runs something of a layer; an error says which layer it was. */
export function inLayer<T>(name: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError && !error.message.startsWith("layer ")) {
      error.message = `layer "${name}": ${error.message}`;
    }
    throw error;
  }
}

/** @throws ShapeError unless x is a batch of examples of this shape */
export function expectInput(x: Tensor, shape: Shape): Tensor {
  const fits = x.rank === shape.length + 1 && shape.every((dim, i) => dim === x.type.shape[i + 1]);
  if (fits) return x;
  throw new ShapeError(
    `expected input of shape [${["batch", ...shape].join(", ")}], received ${showShape(x.shape)}`,
  );
}

/** Sizes may be 0, as a sequence of no steps; programs are compiled for them, so that none may be open. */
function expectWhole(inputShape: Shape): void {
  if (inputShape.every((length) => Number.isInteger(length) && length >= 0)) return;
  throw new ShapeError(
    `inputShape: expected whole numbers of 0 or more, received [${inputShape.map(String).join(", ")}]`,
  );
}
