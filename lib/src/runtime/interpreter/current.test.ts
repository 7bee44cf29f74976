// The state that ops run under, and who may change it.

import { expect, it } from "vitest";
import { ArgumentError } from "../../checks/errors.ts";
import { compile, graphOf, mapTree, noGrad, scope, type Tensor, tensor } from "../../index.ts";

it.each([
  ["noGrad", () => noGrad(async () => 1)],
  ["scope", () => scope("a", async () => 1)],
])("%s refuses what goes on later, when its state is gone", (name, call) => {
  expect(call).toThrow(ArgumentError);
  expect(call).toThrow(`${name}: expected a function that is done when it returns`);
});

it("a list that holds itself is refused, not followed", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(() => tensor(circle as never)).toThrow("tensor: lists nest deeper than 64");
  expect(() => compile((x: unknown) => x)(circle)).toThrow("nest deeper than 200");
  const record: Record<string, unknown> = {};
  record["self"] = record;
  expect(() => mapTree((x) => x, record)).toThrow("nest deeper than 200");
});

it("arguments that are no tensors are named where a traced function stops", () => {
  const square = (x: Tensor) => x.square();
  for (const wrong of ["v", null, true]) {
    expect(() => compile(square)(wrong as never)).toThrow(
      /compile: .* Argument 0 is .*, no tensor/,
    );
    expect(() => graphOf(square, [wrong] as never)).toThrow(ArgumentError);
  }
});

it("an index that is undefined is no index", () => {
  expect(() => tensor([1, 2]).at(undefined as never)).toThrow("at: index 0 is undefined");
});
