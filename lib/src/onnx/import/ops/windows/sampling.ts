// GridSample: images read at places that are computed, between their elements.

import { sizeOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { greater, less, logicalAnd, where } from "../../../../tensor/comparison.ts";
import { full } from "../../../../tensor/create.ts";
import {
  abs,
  add,
  cast,
  clip,
  floor,
  mod,
  mul,
  round,
  sub,
} from "../../../../tensor/elementwise.ts";
import { takeAlongAxis } from "../../../../tensor/gather.ts";
import { reshape } from "../../../../tensor/movement.ts";
import { broadcastTo } from "../../../../tensor/operands/broadcast.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows } from "../../core/rows.ts";

/** One element beside a place along an axis: where it is, a float that is whole, and what it weighs. */
interface Tap {
  readonly at: Tensor;
  readonly weight: Tensor;
}

/** Back and forth between two borders, as in mirrors. */
function mirrored(x: Tensor, low: number, high: number): Tensor {
  const range = high - low;
  if (range === 0) return mul(x, 0);
  const within = mod(abs(sub(x, low)), 2 * range);
  return add(where(greater(within, range), sub(2 * range, within), within), low);
}

/** Keys's cubic convolution. */
const CUBIC = -0.75;
function cubic(distance: number, t: Tensor): Tensor {
  const s = abs(sub(t, distance));
  const power = (n: number) => (n === 2 ? mul(s, s) : mul(mul(s, s), s));
  const isNear = distance === 0 || distance === 1;
  const [a, b, c, d] = isNear
    ? [CUBIC + 2, -(CUBIC + 3), 0, 1]
    : [CUBIC, -5 * CUBIC, 8 * CUBIC, -4 * CUBIC];
  return add(add(mul(power(3), a), mul(power(2), b)), add(mul(s, c), d));
}

function tapsOf(mode: string, at: Tensor): Tap[] {
  if (mode === "nearest") return [{ at: round(at), weight: add(mul(at, 0), 1) }];
  const base = floor(at);
  const t = sub(at, base);
  if (mode === "linear") {
    return [
      { at: base, weight: sub(1, t) },
      { at: add(base, 1), weight: t },
    ];
  }
  return [-1, 0, 1, 2].map((distance) => ({ at: add(base, distance), weight: cubic(distance, t) }));
}

/** X [batch, channels, ...lengths] at grid [batch, ...places, axes], from -1 to 1, the last axis first. */
function sampled(c: Call): Tensor {
  const [x, grid] = [c.x(0), c.x(1)];
  const axes = x.rank - 2;
  const { shape } = x.type;
  if (axes < 1 || grid.rank !== x.rank || grid.type.shape.at(-1) !== axes) {
    throw c.refuse("expected a grid with as many axes, of a number for each of the image's");
  }
  const asked = c.text("mode", "linear", ["linear", "bilinear", "nearest", "cubic", "bicubic"]);
  const mode = { bilinear: "linear", bicubic: "cubic" }[asked] ?? asked;
  const padding = c.text("padding_mode", "zeros", ["zeros", "border", "reflection"]);
  const isAligned = c.flag("align_corners");
  const [batch, channels, ...lengths] = shape as [number, number, ...number[]];
  const places = grid.type.shape.slice(1, -1);
  const count = sizeOf(places);
  c.sized([batch, channels, count]);
  const taps = lengths.map((n, axis) => {
    const [low, high] = isAligned ? [0, n - 1] : [-0.5, n - 0.5];
    const given = reshape(part(grid, axes + 1, axes - 1 - axis, axes - axis), [batch, count]);
    const scaled = isAligned
      ? mul(add(given, 1), (n - 1) / 2)
      : mul(sub(mul(add(given, 1), n), 1), 0.5);
    const rounded = mode === "nearest" ? round(scaled) : scaled;
    const inside = { zeros: rounded, border: clip(rounded, 0, n - 1) }[padding];
    return tapsOf(mode, inside ?? mirrored(rounded, low, high)).map(({ at, weight }): Tap => {
      const isThere = logicalAnd(greater(at, -1), less(at, n));
      const turned = padding === "reflection" ? mirrored(at, low, high) : at;
      const kept = padding === "zeros" ? where(isThere, weight, full([], 0, weight.dtype)) : weight;
      return { at: clip(turned, 0, n - 1), weight: kept };
    });
  });
  const flat = reshape(x, [batch, channels, sizeOf(lengths)]);
  const joined = taps.reduce<Tap[]>(
    (all, own, axis) =>
      all.flatMap((one) =>
        own.map((tap) => ({
          at: add(mul(one.at, lengths[axis]!), floor(tap.at)),
          weight: mul(one.weight, tap.weight),
        })),
      ),
    [{ at: full([batch, count], 0, grid.dtype), weight: full([batch, count], 1, grid.dtype) }],
  );
  const wide = (y: Tensor) => broadcastTo(reshape(y, [batch, 1, count]), [batch, channels, count]);
  const sum = joined
    .map(({ at, weight }) =>
      mul(takeAlongAxis(flat, wide(cast(at, "int32")), 2), c.like(wide(weight), x)),
    )
    .reduce((a, b) => add(a, b));
  return reshape(sum, [batch, channels, ...places]);
}

export const samplings: OpRows = { GridSample: computing(sampled) };
