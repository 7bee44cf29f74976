// A network as it is drawn: layers of units, and the connections between them with their weights.

import { expectArgument, instance } from "../../checks/arguments.ts";
import type { Shape } from "../../ir/shape.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { Model } from "../../train/model/model.ts";

/** A column of units. */
export interface DiagramLayer {
  /** As in `summary()`; "input" for what goes into a chain. */
  readonly name: string;
  readonly kind: string;
  /** Of one example. */
  readonly shape: Shape;
  /** How many there are: the product of the shape. */
  readonly units: number;
  /** How many numbers it has learnt. */
  readonly parameters: number;
  /** The biases [units] of a dense layer that has them. */
  readonly biases: Tensor | null;
}

/** What leads from one column to the next. */
export interface DiagramConnection {
  readonly from: string;
  readonly to: string;
  /** Of a dense layer on one axis: [units before, units]; null where units are not all connected, each by a weight. */
  readonly weights: Tensor | null;
}

/** The layers in the order in which they run, inputs first. */
export interface Diagram {
  readonly layers: readonly DiagramLayer[];
  readonly connections: readonly DiagramConnection[];
}

/** What is drawn of a model: its layers, and which of them reads which. */
export function diagramOf(model: Model): Diagram {
  expectArgument("diagramOf", "model", model, instance("a model", Model));
  const { placed, inputShapes } = model.network;
  const names = new Set(placed.map(({ name }) => name));
  const outside = [...new Set(placed.flatMap(({ reads }) => reads))].filter(
    (name) => !names.has(name),
  );
  const isInput = placed[0]?.kind === "input";
  const named = outside.length > 0 ? outside : ["input"];
  const heads = isInput ? [] : named;
  const inputs = heads.map((name, i): DiagramLayer => {
    const shape = inputShapes[i] ?? inputShapes[0]!;
    return { name, kind: "input", shape, units: sizeOf(shape), parameters: 0, biases: null };
  });
  const layers = placed.map(({ name, kind, outputShape, shares }): DiagramLayer => {
    const own = Object.values(model.layer(name)).reduce((sum, { size }) => sum + size, 0);
    const biases = kind === "dense" ? (model.layer(name)["b"]?.read() ?? null) : null;
    const [units, parameters] = [sizeOf(outputShape), shares ? 0 : own];
    return { name, kind, shape: outputShape, units, parameters, biases };
  });
  const shapes = new Map([...inputs, ...layers].map(({ name, shape }) => [name, shape]));
  const connections = placed.flatMap(({ name, kind, reads }, i) => {
    const from = reads.length > 0 || i > 0 || isInput ? reads : heads;
    return from.map((source): DiagramConnection => {
      const isFlat = kind === "dense" && shapes.get(source)?.length === 1;
      return { from: source, to: name, weights: isFlat ? model.layer(name)["w"]!.read() : null };
    });
  });
  return { layers: [...inputs, ...layers], connections };
}
