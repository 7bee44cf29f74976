// Who computes, stores and reads an array while kernels are being made.

import { expect, test } from "vitest";
import { type Node, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { computed } from "./elements.ts";
import { Fusions } from "./fusions.ts";
import { moved, wholeView } from "./view.ts";

const o = graphBuilder();
const shape = [2, 3];

/** An argument in memory, and a kernel that computes exp of it. */
function start() {
  const fusions = new Fusions();
  const x = new Value({ dtype: "float32", shape });
  const buffer = fusions.giveBuffer(x);
  const y = o.exp(x);
  const fusion = fusions.start({ kind: "map" }, shape);
  fusions.produce(y, computed(fusions, y, [], fusion), fusion);
  return { fusions, x, buffer, y, fusion };
}

test("a value is stored where its array is first asked for, once", () => {
  const { fusions, y, fusion } = start();
  expect(fusions.isInMemory(y)).toBe(true);
  expect(fusions.knownBuffer(y)).toBeUndefined();
  expect(fusion.stores).toEqual([]);
  const buffer = fusions.bufferOf(y);
  expect(fusions.bufferOf(y)).toBe(buffer);
  expect(fusion.stores.map((store) => store.buffer)).toEqual([buffer]);
  expect(buffer).toMatchObject({ id: 1, dtype: "float32", shape, bytes: 24 });
});

test("kernels read what they store, in the order in which they were made", () => {
  const { fusions, buffer, y, fusion, x } = start();
  expect(fusions.readersOf(buffer)).toEqual([]);
  const second = fusions.start({ kind: "map" }, shape);
  const z = o.neg(x);
  fusions.produce(z, computed(fusions, z, [], second), second);
  fusions.bufferOf(z);
  fusions.bufferOf(y);
  expect(fusions.readersOf(buffer)).toEqual([fusion, second]);
});

test("one value can be stored in several arrays", () => {
  const { fusions, y, fusion } = start();
  const own = fusions.bufferOf(y);
  const other = fusions.makeBuffer("float32", shape);
  fusions.storeIn(y, other);
  expect(fusion.stores.map(({ buffer }) => buffer)).toEqual([own, other]);
  expect(fusion.results).toBe(1);
});

test("a copy reads the value's array, or what was saved of it, and comes after its writer", () => {
  const { fusions, y, fusion } = start();
  const target = fusions.makeBuffer("float32", shape);
  const copy = fusions.copy(y, target);
  expect(copy.reads.map(({ view }) => view.buffer)).toEqual([fusions.bufferOf(y)]);
  expect(copy.dependsOn(fusion)).toBe(true);
  const saved = fusions.makeBuffer("float32", shape);
  const late = fusions.copy(y, target, saved);
  expect(late.reads.map(({ view }) => view.buffer)).toEqual([saved]);
  expect(late.dependsOn(fusion)).toBe(false); // nobody writes what was saved
});

test("compact makes what a view shows row-major, of another type by a cast", () => {
  const { fusions, buffer } = start();
  const turned = moved(wholeView(buffer, shape), { op: "transpose", params: { perm: [1, 0] } })!;
  const { view, copy } = fusions.compact(turned);
  expect(view).toMatchObject({ shape: [3, 2], strides: [2, 1], offset: 0 });
  expect(copy!.stores).toMatchObject([{ buffer: view.buffer, element: { kind: "load" } }]);
  const wide = fusions.compact(turned, "float64");
  expect(wide.view.buffer).toMatchObject({ dtype: "float64", bytes: 48 });
  expect(wide.copy!.stores).toMatchObject([{ element: { kind: "op", op: "cast" } }]);
});

test("a compact view of data is data in that order, made at once", () => {
  const fusions = new Fusions();
  const data = Float32Array.of(1, 2, 3, 4, 5, 6);
  const value = o.constant({ data, dtype: "float32", shape });
  const buffer = fusions.giveBuffer(value);
  fusions.constants.set(value.node as Node<"constant">, buffer);
  const turned = moved(wholeView(buffer, shape), { op: "transpose", params: { perm: [1, 0] } })!;
  const { view, copy } = fusions.compact(turned);
  expect(copy).toBeNull();
  const [node] = [...fusions.constants].find(([, own]) => own === view.buffer)!;
  expect(node.params).toEqual({
    data: Float32Array.of(1, 4, 2, 5, 3, 6),
    dtype: "float32",
    shape: [3, 2],
  });
});
