// NonMaxSuppression: of boxes that overlap, those with the best scores.

import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { fromData } from "../../../../tensor/create.ts";
import type { Call } from "../../core/call.ts";
import { INT64 } from "../../core/elements.ts";
import { type OpRows, reading } from "../../core/rows.ts";

interface Box {
  readonly place: number;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The share of what both cover that each does. */
function overlap(a: Box, b: Box): number {
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  if (height <= 0 || width <= 0) return 0;
  const area = (box: Box) => (box.bottom - box.top) * (box.right - box.left);
  return (height * width) / (area(a) + area(b) - height * width);
}

/** Pairs of boxes that are compared at most. */
const MOST_PAIRS = 2 ** 28;

/** Boxes [batch, n, 4] and scores [batch, classes, n] to rows of batch, class and box. */
function suppressed(c: Call): Tensor {
  const [boxes, scores] = [c.numbers(0), c.numbers(1)];
  const [batch, classes, n] = c.ranked(1, 3).type.shape as [number, number, number];
  if (String(c.ranked(0, 3).type.shape) !== String([batch, n, 4])) {
    throw c.refuse(`expected boxes [${batch}, ${n}, 4] for the scores`);
  }
  const [most, share] = [c.numberOr(2, 0), c.numberOr(3, 0)];
  const least = c.numberOr(4, Number.NEGATIVE_INFINITY);
  const isCentred = c.flag("center_point_box");
  const boxAt = (example: number, place: number): Box => {
    const at = 4 * (example * n + place);
    const [p, q, r, s] = boxes.slice(at, at + 4) as [number, number, number, number];
    if (isCentred) {
      const [top, left] = [q - s / 2, p - r / 2];
      return { place, top, left, bottom: top + s, right: left + r };
    }
    const [top, left, bottom, right] = [
      Math.min(p, r),
      Math.min(q, s),
      Math.max(p, r),
      Math.max(q, s),
    ];
    return { place, top, left, bottom, right };
  };
  const rows: number[] = [];
  let pairs = 0;
  for (let example = 0; example < batch; example++) {
    for (let kind = 0; kind < classes; kind++) {
      const score = (place: number) => scores[(example * classes + kind) * n + place]!;
      const order = Array.from({ length: n }, (_, place) => place)
        .filter((place) => score(place) > least)
        .sort((a, b) => score(b) - score(a));
      const kept: Box[] = [];
      for (const place of order) {
        if (kept.length >= most) break;
        pairs += kept.length;
        if (pairs > MOST_PAIRS) throw c.refuse("too many boxes are to be compared");
        const box = boxAt(example, place);
        if (kept.every((other) => overlap(box, other) <= share)) kept.push(box);
      }
      for (const { place } of kept) rows.push(example, kind, place);
    }
  }
  c.says(0, INT64);
  return fromData(Int32Array.from(rows), [rows.length / 3, 3], "int32");
}

export const suppression: OpRows = { NonMaxSuppression: reading([0, 1, 2, 3, 4], suppressed) };
