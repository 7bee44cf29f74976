// Forward mode as a graph: values and directional derivatives in one program.

import { type Graph, makeGraph } from "../ir/graph.ts";
import { expectMarks } from "../ir/graph-kind.ts";
import { graphBuilder } from "../ops/builder.ts";
import { fillZeros } from "../ops/fill.ts";
import { checkedGraph } from "./checked.ts";
import { TRANSFORMS } from "./table.ts";

/**
 * Inputs [inputs…, tangents of the inputs marked in `wrt`…]; outputs [outputs…, their tangents…].
 */
export function jvpGraph(graph: Graph, wrt: readonly boolean[]): Graph {
  expectMarks("jvpGraph", graph, wrt);
  const { primals, tangentInputs, tangents } = TRANSFORMS.linearize(graph, wrt);
  const o = graphBuilder();
  const filled = tangents.map((dy, i) => dy ?? fillZeros(o, graph.outputs[i]!.type));
  return checkedGraph(makeGraph([...graph.inputs, ...tangentInputs], [...primals, ...filled]));
}
