/** The page's list against the library's, and every derivative as a formula against automatic differentiation. */
import { expressionFunction, parseExpression } from "neurite/inspect";
import { activationNames } from "neurite/nn";
import { describe, expect, it } from "vitest";
import { runJob } from "../../../worker/jobs/index.ts";
import { ACTIVATION_KEYS, chosenOf, entryOf, functionOf } from "./entries.ts";

it("shows every activation of the library", () => {
  const overLayers = ["softmax", "logSoftmax"];
  const shown = new Set([...ACTIVATION_KEYS.map((key) => entryOf(key).name), ...overLayers]);
  expect(shown).toEqual(new Set([...activationNames(), "maxout"]));
});

describe("the derivative as a formula is the library's", () => {
  const z = [-7.3, -3.4, -1.2, -0.4, 0.3, 0.9, 1.7, 2.6, 4.1, 6.4];
  const keys = ACTIVATION_KEYS.filter((key) => key !== "maxout");
  it.each(keys)("%s", async (key) => {
    const { slope: text, option } = entryOf(key);
    const expression = parseExpression(text);
    const f = expressionFunction(expression);
    const values = option ? [option.standard, option.to, option.from || 0.2] : [0];
    for (const value of values) {
      const of = functionOf({ ...chosenOf(key), value });
      const { slope } = await runJob("activation", { of, z }, null);
      z.forEach((at, i) => {
        const inputs = expression.inputs.map((name) => (name === "z" ? at : value));
        expect(f(inputs)[0], `${key} at ${at}`).toBeCloseTo(slope[i]!, 6);
      });
    }
  });
});
