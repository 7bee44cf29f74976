// A chain of layers inside a layer: names, shapes, and how it runs.

import { ArgumentError } from "../../../checks/errors.ts";
import type { Shape as AnyShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Bad, Chain, Shape } from "../../../shapes/index.ts";
import type { Layer, LayerContext, LayerResult, LayerVariables } from "../layer.ts";
import { nameLayers } from "../naming.ts";
import { inside, maskAfter } from "./held.ts";
import { type Held, holding, runHeld } from "./holding.ts";

/** The shape that leaves a chain, or the sentence of the first layer that does not fit. */
export type ChainOut<S, L extends readonly unknown[]> = S extends Shape
  ? Chain<S, L> extends infer Out
    ? unknown extends Out
      ? any
      : Out extends Bad<number, infer Sentence>
        ? Sentence
        : Out
    : never
  : never;

type Parts = ReturnType<typeof holding> & Pick<Layer, "outputShape" | "keepsMask">;

/**
 * @param kind the layer that holds them, as errors name it
 * @throws ArgumentError where a layer is given twice, or two have one name
 */
export function chained(
  kind: string,
  layers: readonly Layer[],
): Parts & {
  readonly run: (variables: LayerVariables, x: Tensor, told: LayerContext) => LayerResult;
} {
  layers.forEach((layer, i) => {
    const first = layers.indexOf(layer);
    if (first === i) return;
    throw new ArgumentError(
      `${kind}: layers ${first + 1} and ${i + 1} are the same layer. Make two layers, each with ` +
        "weights of its own; or share one with network(), where a layer may stand twice.",
    );
  });
  const names = nameLayers(kind, layers);
  /** The shape of the input, then what each layer gives. */
  const shapesFrom = (input: AnyShape): AnyShape[] => {
    const shapes = [input];
    layers.forEach((layer, i) => {
      shapes.push(inside(names[i]!, () => layer.outputShape(shapes[i]!)));
    });
    return shapes;
  };
  const heldIn = (input: AnyShape): Held[] => {
    const shapes = shapesFrom(input);
    return layers.map((layer, i) => ({ name: names[i]!, layer, reads: [shapes[i]!] }));
  };
  return {
    ...holding(Object.fromEntries(names.map((name, i) => [name, layers[i]!])), heldIn),
    outputShape: (input) => shapesFrom(input).at(-1)!,
    keepsMask: layers.every(({ keepsMask }) => keepsMask),
    run: (variables, x, told) => {
      let last: LayerResult = { y: x, state: {} };
      let { mask } = told;
      const states = layers.map((layer, i) => {
        const context = { ...told, mask, also: [] };
        last = runHeld(names[i]!, layer, variables, last.y, context, i);
        mask = maskAfter(layer, last, mask);
        return [names[i]!, last.state] as const;
      });
      return { ...last, state: Object.fromEntries(states), mask };
    },
  };
}
