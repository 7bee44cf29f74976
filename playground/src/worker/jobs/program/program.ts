// The job `program`: what a run of an expression records, node by node, and what the compiler makes of it.

import { compile } from "neurite";
import { edgesOf } from "neurite/inspect";
import { expressionGraph } from "neurite/inspect/expression";
import type { RecordedNode } from "../../../protocol/jobs/program.ts";
import type { Point } from "../../../protocol/jobs/unfold.ts";
import type { Job } from "../job.ts";
import { readExpression } from "../unfold/read-expression.ts";
import { gradientProgram } from "./gradient.ts";
import { staged } from "./staged.ts";

export const program: Job<"program"> = ({ text, at }) => {
  const { run, inputs } = gradientProgram(text, at);
  const step = compile(run);
  const numbers = ({ value, gradient }: ReturnType<typeof run>) =>
    [value, ...gradient].map((tensor) => tensor.item());
  return {
    recorded: recordedNodes(text, at),
    ...staged(step.stages(inputs)),
    isSame: numbers(run(inputs)).every((number, i) => Object.is(number, numbers(step(inputs))[i])),
  };
};

function recordedNodes(text: string, at: Point): RecordedNode[] {
  const { expression, at: point } = readExpression(text, at);
  const graph = expressionGraph(expression);
  const { values } = edgesOf(
    graph,
    expression.inputs.map((name) => ({
      dtype: "float64",
      shape: [],
      data: Float64Array.of(point[name]!),
    })),
  );
  const names = new Map(graph.inputs.map((input, i) => [input, expression.inputs[i]!]));
  return graph.nodes.map((node, i) => {
    const output = node.outputs[0]!;
    const value = Number(values.get(output)!.data[0]);
    const name = node.op === "constant" ? String(value) : (node.path ?? `v${i}`);
    names.set(output, name);
    return { name, op: node.op, reads: node.inputs.map((input) => names.get(input)!), value };
  });
}
