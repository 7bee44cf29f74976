import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { parseStatements } from "../../../inspect/expression/parse.ts";
import { claims, derivativeOfProduct, productOf } from "./three-ways.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("leaves out the factor that it differentiates by, and is 0 by any other name", () => {
  const { tree } = parseStatements(productOf(4))[0]!;
  expect(derivativeOfProduct(tree, "x2")).toEqual(["x1", "x3", "x4"]);
  expect(derivativeOfProduct(tree, "y")).toBe(null);
});
