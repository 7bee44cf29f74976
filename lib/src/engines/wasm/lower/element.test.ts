import { expect, test } from "vitest";
import { type Element, elementsBelow, keptAxes, mapViews, workOf } from "./element.ts";
import { type BufferView, wholeView } from "./view.ts";

const view = wholeView("a", [4]);
const load: Element<string> = { kind: "load", dtype: "float32", view };
const op = (name: "add" | "exp", ...args: Element<string>[]): Element<string> => {
  return { kind: "op", dtype: "float32", op: name, args };
};

test("every element once, operands first, however many ways lead to it", () => {
  let top: Element<string> = load;
  const sums = Array.from({ length: 60 }, () => {
    top = op("add", top, top);
    return top;
  });
  expect(elementsBelow([top, load])).toEqual([load, ...sums]);
});

test("work counts shared parts once, and a costly op for more than a cheap one", () => {
  const costly = op("exp", load);
  expect(workOf([op("add", costly, costly)])).toBe(1 + 8 + 1);
  expect(workOf([costly, costly])).toBe(9);
});

test("other views, the same sharing", () => {
  const costly = op("exp", load);
  const elsewhere: BufferView<number> = { ...view, buffer: 7 };
  const [sum] = mapViews(
    [op("add", costly, costly)],
    () => elsewhere,
    (index) => index,
  );
  if (sum?.kind !== "op") throw new Error("not an op");
  const [left, right] = sum.args;
  expect(left).toBe(right);
  expect(elementsBelow([sum])[0]).toMatchObject({ kind: "load", view: { buffer: 7 } });
});

test("the axes that a reduction keeps", () => {
  expect(keptAxes([2, 3, 4], [1])).toEqual([0, 2]);
});
