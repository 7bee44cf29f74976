// The section "graph": the computation graph of the network's output for one example, as a drawing.

import { compile, fromData, type Tensor } from "neurite";
import { type Graph, type Node, showType } from "neurite/ir";
import type { Model } from "neurite/train";
import { isDrawable } from "../drawings/graph.ts";
import { libraryDrawing } from "../drawings/graph-data.ts";
import { graphFigure } from "../drawings/graph-figure.ts";
import { elementCount } from "../files/element-count.ts";
import { plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { inspection, NotHere } from "./section.ts";

interface OperationRow {
  readonly op: string;
  /** The layer that it belongs to. */
  readonly layer: string;
  readonly result: string;
}

/** What is larger is no picture any more. */
const MOST_NODES = 300;

const TITLE = "Computation graph of the output for one example";

export const graph = inspection<{
  readonly graph: Graph;
  readonly operations: readonly OperationRow[];
}>({
  id: "graph",
  title: "The computation graph of one output",
  look: ({ model, data }) => {
    const graph = graphOfOutput(model, data.test.x.dtype);
    const isSmall = graph.nodes.length <= MOST_NODES && isDrawable(libraryDrawing(graph, TITLE));
    if (!isSmall) {
      return new NotHere(
        `its graph has ${graph.nodes.length} operations, more than a drawing shows`,
      );
    }
    return { graph, operations: graph.nodes.filter(isComputed).map(rowOf) };
  },
  text: ({ operations }) => [
    ...table(
      ["operation", "layer", "result"],
      operations.map(({ op, layer, result }) => [op, layer, result]),
    ),
    plural(operations.length, "operation"),
  ],
  json: ({ operations }) => ({ operations }),
  html: ({ graph }) => {
    const drawing = libraryDrawing(graph, TITLE);
    return graphFigure(
      drawing,
      "On every edge the shape of what flows there, for one example; float32 unless it says another type.",
    );
  },
});

function graphOfOutput(model: Model, dtype: string): Graph {
  const inputs = model.network.inputShapes.map((shape) => {
    const size = elementCount(shape);
    return zerosOf(dtype, [1, ...shape], size);
  });
  return compile((x: Tensor[]) => model.instance.forward(x)).graph(inputs);
}

function zerosOf(dtype: string, shape: readonly number[], size: number): Tensor {
  if (dtype === "uint8") return fromData(new Uint8Array(size), shape, "uint8");
  if (dtype === "float64") return fromData(new Float64Array(size), shape, "float64");
  return fromData(new Float32Array(size), shape, "float32");
}

function isComputed({ op }: Node): boolean {
  return op !== "constant";
}

function rowOf({ op, path = "", outputs }: Node): OperationRow {
  return { op, layer: path, result: outputs.map(({ type }) => showType(type)).join(", ") };
}
