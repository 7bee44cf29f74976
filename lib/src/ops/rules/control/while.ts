// Loops that go on as long as a condition on what they carry holds.

import { GradientError, ShapeError } from "../../../checks/errors.ts";
import type { Value } from "../../../ir/graph.ts";
import { sameType, showType } from "../../../ir/type.ts";
import type { Op } from "../../define.ts";
import { batchWhile } from "./while-batch.ts";
import { linearizeWhile } from "./while-jvp.ts";

/**
 * Operands [constants…, initial carries…]. While the condition of [constants…, carries…] holds, the body
 * maps the same to new carries. Results: the last carries. Reverse mode would have to save values of
 * as many turns as nobody knows before, so there is none.
 */
export const whileLoop: Op<"whileLoop"> = {
  name: "whileLoop",
  many: true,
  type: (inputs, { condition, body, constants }) => {
    for (const { inputs: own } of [condition, body]) {
      if (own.length !== inputs.length) {
        throw new ShapeError(
          `whileLoop: expected ${own.length} operands, received ${inputs.length}`,
        );
      }
      own.forEach(({ type }, i) => {
        if (sameType(type, inputs[i]!)) return;
        throw new ShapeError(
          `whileLoop: operand ${i}: expected ${showType(type)}, received ${showType(inputs[i]!)}`,
        );
      });
    }
    expectScalar(condition.outputs);
    const carries = inputs.slice(constants);
    if (body.outputs.length !== carries.length) {
      throw new ShapeError(
        `whileLoop: ${carries.length} carries enter a turn and ${body.outputs.length} leave it`,
      );
    }
    carries.forEach((before, i) => {
      const { type } = body.outputs[i]!;
      if (sameType(type, before)) return;
      throw new ShapeError(
        `whileLoop: carry ${i} enters a turn as ${showType(before)} and leaves it as ${showType(type)}`,
      );
    });
    return carries;
  },
  jvp: (o, inputs, tangents, { params, outputs, transforms }) =>
    linearizeWhile(o, inputs, tangents, outputs, params, transforms),
  transpose: () => {
    throw new GradientError(
      "whileLoop: reverse mode cannot pass a loop whose number of turns is not known beforehand, " +
        "since it saves values of every turn. Write whileLoop(condition, body, initial, { maxSteps }), " +
        "or scan with a bounded length; forward mode (jvp) passes.",
    );
  },
  batch: (o, inputs, { params, batched, size, transforms }) =>
    batchWhile(o, inputs, params, batched, size, transforms),
  meaning: {
    kind: "array",
    eval: (inputs, outputs, { params, run }) => {
      const { condition, body, constants } = params;
      const fixed = inputs.slice(0, constants);
      let carries = inputs.slice(constants);
      while (run(condition, [...fixed, ...carries])[0]!.data[0]) {
        carries = run(body, [...fixed, ...carries]);
      }
      carries.forEach((y, i) => outputs[i]!.data.set(y.data));
    },
  },
  samples: () => [], // needs graphs: see while.test.ts
};

function expectScalar(outputs: readonly Value[]): void {
  const scalar = { dtype: "bool", shape: [] } as const;
  const [type] = outputs.map((output) => output.type);
  if (outputs.length === 1 && sameType(type!, scalar)) return;
  throw new ShapeError(
    `whileLoop: the condition: expected ${showType(scalar)}, ` +
      `received ${outputs.map((output) => showType(output.type)).join(" and ") || "nothing"}`,
  );
}
