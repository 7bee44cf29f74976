// Functions whose derivative the user gives: a graph for the value, a graph for the rule.

import { GradientError, ShapeError } from "../../checks/errors.ts";
import type { Graph } from "../../ir/graph.ts";
import { expectSame, type Op } from "../define.ts";
import { fillZeros } from "../fill.ts";
import { inline } from "../inline.ts";
import { allBatched } from "./batching.ts";

/**
 * A graph with a derivative of its own.
 * Rule "jvp": graph from [inputs…, tangents…] to output tangents.
 * Rule "outputs": graph from [inputs…, outputs…, tangents…] to output tangents.
 * Rule "vjp": graph from [inputs…, outputs…, cotangents…] to input cotangents.
 */
export const custom: Op<"custom"> = {
  name: "custom",
  many: true,
  type: (inputs, { body }) => {
    if (inputs.length !== body.inputs.length) {
      throw new ShapeError(
        `custom: expected ${body.inputs.length} operands, received ${inputs.length}`,
      );
    }
    inputs.forEach((type, i) => expectSame("custom", [body.inputs[i]!.type, type]));
    return body.outputs.map((output) => output.type);
  },
  jvp: (o, inputs, tangents, { params, outputs }) => {
    if (tangents.every((tangent) => tangent === null)) return outputs.map(() => null);
    const filled = inputs.map((x, i) => tangents[i] ?? fillZeros(o, x.type));
    const { mode, graph } = params.rule;
    switch (mode) {
      case "jvp":
        return inline(o, graph, [...inputs, ...filled]);
      case "outputs":
        return inline(o, graph, [...inputs, ...outputs, ...filled]);
      case "vjp":
        return o.customTangent(...inputs, ...outputs, ...filled, params);
    }
  },
  batch: (o, inputs, context) => {
    const { name, body, rule } = context.params;
    const all = (graph: Graph) =>
      context.transforms.batch(
        graph,
        graph.inputs.map(() => true),
        context.size,
      );
    return o.custom(...allBatched(o, inputs, context), {
      name,
      body: all(body),
      rule: { mode: rule.mode, graph: all(rule.graph) },
    });
  },
  meaning: {
    kind: "array",
    eval: (inputs, outputs, { params, run }) => {
      run(params.body, inputs).forEach((result, i) => outputs[i]!.data.set(result.data));
    },
  },
  samples: () => [], // needs graphs: see custom.test.ts
};

/**
 * The tangent of a function that only told its vjp: linear in the last third of its operands, with a
 * transpose but no value. Forward mode through it is an error.
 */
export const customTangent: Op<"customTangent"> = {
  name: "customTangent",
  many: true,
  type: (_inputs, { body }) => body.outputs.map((output) => output.type),
  jvp: (_o, _inputs, _tangents, { params }) => {
    throw noForward(params.name);
  },
  transpose: (o, cotangents, inputs, { params, outputs }) => {
    const { body, rule } = params;
    const given = inputs.slice(0, body.inputs.length + body.outputs.length);
    const filled = cotangents.map((ct, i) => ct ?? fillZeros(o, outputs[i]!.type));
    const results = inline(o, rule.graph, [...given, ...filled]);
    return [...given.map(() => null), ...results];
  },
  batch: (_o, _inputs, { params }) => {
    throw noForward(params.name);
  },
  meaning: {
    kind: "array",
    eval: (_inputs, _outputs, { params }) => {
      throw noForward(params.name);
    },
  },
  samples: () => [],
};

function noForward(name: string): GradientError {
  return new GradientError(
    `${name}: this function gives only a reverse rule (vjp), so forward mode (jvp) cannot pass it. ` +
      "Use customJvp() to give a forward rule.",
  );
}
