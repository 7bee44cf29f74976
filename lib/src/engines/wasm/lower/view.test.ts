// Views against copies: an element of a view is the element that the movement ops would move there.

import { expect, test } from "vitest";
import { sizeOf } from "../../../ir/shape.ts";
import { type BufferView, isWhole, type Move, moved, sizeInBytes, wholeView } from "./view.ts";

/** The places in the buffer that a view shows, in row-major order. */
function placesOf({ shape, strides, offset }: BufferView<unknown>): number[] {
  return Array.from({ length: sizeOf(shape) }, (_, i) => {
    let [rest, at] = [i, offset];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return at;
  });
}

const whole = wholeView(null, [2, 3]);

test.each<[Move, number[]]>([
  [{ op: "reshape", params: { shape: [3, 2] } }, [0, 1, 2, 3, 4, 5]],
  [{ op: "transpose", params: { perm: [1, 0] } }, [0, 3, 1, 4, 2, 5]],
  [{ op: "slice", params: { start: [0, 1], end: [2, 3], step: [1, 1] } }, [1, 2, 4, 5]],
  [{ op: "slice", params: { start: [0, 0], end: [2, 3], step: [1, 2] } }, [0, 2, 3, 5]],
  [{ op: "flip", params: { axes: [1] } }, [2, 1, 0, 5, 4, 3]],
  [{ op: "flip", params: { axes: [0, 1] } }, [5, 4, 3, 2, 1, 0]],
])("%j", (move, places) => {
  expect(placesOf(moved(whole, move)!)).toEqual(places);
});

test("an axis of length 1 is repeated without memory", () => {
  const row = wholeView(null, [1, 3]);
  const wide = moved(row, { op: "expand", params: { shape: [2, 3] } })!;
  expect(placesOf(wide)).toEqual([0, 1, 2, 0, 1, 2]);
});

test("a reshape follows where memory runs through the axes it joins, and asks for a copy elsewhere", () => {
  const turned = moved(whole, { op: "transpose", params: { perm: [1, 0] } })!;
  expect(moved(turned, { op: "reshape", params: { shape: [6] } })).toBeNull();
  const split = moved(turned, { op: "reshape", params: { shape: [3, 1, 2] } })!;
  expect(placesOf(split)).toEqual([0, 3, 1, 4, 2, 5]);
  const back = moved(whole, { op: "flip", params: { axes: [0, 1] } })!;
  expect(placesOf(moved(back, { op: "reshape", params: { shape: [6] } })!)).toEqual([
    5, 4, 3, 2, 1, 0,
  ]);
});

test("whole is the array itself, under any shape", () => {
  expect(isWhole(whole)).toBe(true);
  expect(isWhole(moved(whole, { op: "reshape", params: { shape: [6, 1] } })!)).toBe(true);
  expect(isWhole(moved(whole, { op: "transpose", params: { perm: [1, 0] } })!)).toBe(false);
  expect(isWhole(moved(whole, { op: "flip", params: { axes: [0] } })!)).toBe(false);
  expect(sizeInBytes("float64", [2, 3])).toBe(48);
});
