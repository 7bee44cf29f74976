// How a kernel reads an operand that was moved: as a view where there is one, else as a copy.

import { expect, test } from "vitest";
import { Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { Fusions } from "./fusions.ts";
import { forwards, viewOf, wholeOf } from "./operands.ts";

const o = graphBuilder();

function start() {
  const fusions = new Fusions();
  const x = new Value({ dtype: "float32", shape: [2, 3] });
  const buffer = fusions.giveBuffer(x);
  return { fusions, x, buffer };
}

test("movement is followed through to memory: nothing is copied", () => {
  const { fusions, x, buffer } = start();
  const corner = { start: [1, 0], end: [3, 1], step: [1, 1] };
  const y = o.slice(o.transpose(x, { perm: [1, 0] }), corner);
  expect(viewOf(fusions, y)).toMatchObject({ buffer, shape: [2, 1], strides: [1, 3], offset: 1 });
  expect(fusions.list).toEqual([]);
});

test("a reshape of what was turned needs a copy, from which the view goes on", () => {
  const { fusions, x, buffer } = start();
  const flat = o.reshape(o.transpose(x, { perm: [1, 0] }), { shape: [6] });
  const view = viewOf(fusions, o.flip(flat, { axes: [0] }));
  expect(view).toMatchObject({ shape: [6], strides: [-1], offset: 5 });
  expect(view.buffer).not.toBe(buffer);
  expect(fusions.list).toHaveLength(1);
});

test("a constant or a count gets memory where it is asked for", () => {
  const { fusions } = start();
  const count = o.iota({ length: 4, dtype: "int32" });
  const { buffer } = viewOf(fusions, count);
  expect(buffer).toMatchObject({ dtype: "int32", shape: [4] });
  expect(fusions.list[0]!.stores).toMatchObject([{ buffer, element: { kind: "index" } }]);
});

test("forwards copies what runs backwards, and only that", () => {
  const { fusions, x, buffer } = start();
  const view = viewOf(fusions, o.transpose(x, { perm: [1, 0] }));
  expect(forwards(fusions, view)).toBe(view);
  const copied = forwards(fusions, viewOf(fusions, o.flip(x, { axes: [1] })));
  expect(copied).toMatchObject({ shape: [2, 3], strides: [3, 1], offset: 0 });
  expect(copied.buffer).not.toBe(buffer);
});

test("wholeOf gives an array in row-major order: the value's own where it lies so", () => {
  const { fusions, x, buffer } = start();
  expect(wholeOf(fusions, o.reshape(x, { shape: [6] }))).toMatchObject({ buffer, shape: [6] });
  const turn = { op: "transpose", params: { perm: [1, 0] } } as const;
  const turned = wholeOf(fusions, x, [turn]);
  expect(turned).toMatchObject({ shape: [3, 2], strides: [2, 1], offset: 0 });
  expect(turned.buffer).not.toBe(buffer);
  expect(wholeOf(fusions, x, [turn, turn]).buffer).toBe(buffer);
});
