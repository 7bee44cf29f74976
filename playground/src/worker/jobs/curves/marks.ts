// What there is to mark on a curve: corners and jumps, stretches where it is flat, and where float32 says exactly 0.

import type { Kink, Marks } from "../../../protocol/index.ts";
import type { Sampler } from "./places.ts";

/** A slope smaller than this counts as saturated. */
const FLAT = 0.01;
const HALVINGS = 45;
/** A change that is left over so small a distance is one without a distance. */
const LEFT_OVER = 1e-6;
/** As far as float32 is looked at. */
const FAR = 120;

export function marksOf(f: Sampler, inFloat32: Sampler, z: readonly number[]): Marks {
  const { slopes } = f(z);
  return {
    kinks: kinksOf(f, z),
    saturated: saturatedEnds(z, slopes),
    flat: FLAT,
    zeroLeft: zeroFrom(inFloat32, -1),
    zeroRight: zeroFrom(inFloat32, 1),
  };
}

/**
 * Corners and jumps between the places: each gap is halved towards the larger change of value or slope; of a smooth
 * function nothing is left of it.
 */
export function kinksOf(f: Sampler, z: readonly number[]): Kink[] {
  const { values, slopes } = f(z);
  let gaps = z.slice(1).map((right, i) => ({
    left: at(z[i]!, values[i]!, slopes[i]!),
    right: at(right, values[i + 1]!, slopes[i + 1]!),
  }));
  for (let round = 0; round < HALVINGS && gaps.length > 0; round++) {
    const middles = gaps.map(({ left, right }) => (left.z + right.z) / 2);
    const found = f(middles);
    gaps = gaps
      .map(({ left, right }, i) => {
        const middle = at(middles[i]!, found.values[i]!, found.slopes[i]!);
        return change(left, middle) > change(middle, right)
          ? { left, right: middle }
          : { left: middle, right };
      })
      .filter(({ left, right }) => change(left, right) > LEFT_OVER);
  }
  const places = gaps.map(({ left, right }) => Number(((left.z + right.z) / 2).toFixed(9)) || 0);
  const apart = places.filter((place, i) => i === 0 || place - places[i - 1]! > 1e-6);
  return apart.map((place) => kinkAt(f, place));
}

interface At {
  readonly z: number;
  readonly value: number;
  readonly slope: number;
}

function at(z: number, value: number, slope: number): At {
  return { z, value, slope };
}

function change(a: At, b: At): number {
  return Math.max(Math.abs(a.value - b.value), Math.abs(a.slope - b.slope));
}

function kinkAt(f: Sampler, place: number): Kink {
  const near = 1e-7 * (1 + Math.abs(place));
  const { values, slopes } = f([place - near, place, place + near]);
  const isJump = Math.abs(values[2]! - values[0]!) > 1e-3;
  // A limit is nearer than what is found so near to it.
  const [left, right] = (isJump ? [values[0]!, values[2]!] : [slopes[0]!, slopes[2]!]).map((x) =>
    Number(x.toPrecision(6)),
  ) as [number, number];
  return { z: place, kind: isJump ? "jump" : "corner", left, right, taken: slopes[1]! };
}

/** Stretches that reach an end of the places and are flat all along. */
export function saturatedEnds(
  z: readonly number[],
  slopes: readonly number[],
): (readonly [number, number])[] {
  const isSteep = (slope: number) => !(Math.abs(slope) < FLAT);
  const [first, last] = [slopes.findIndex(isSteep), slopes.findLastIndex(isSteep)];
  const [low, high] = [z[0]!, z.at(-1)!];
  if (first < 0) return [[low, high]];
  return [
    ...(first > 1 ? [[low, z[first - 1]!] as const] : []),
    ...(last < z.length - 2 ? [[z[last + 1]!, high] as const] : []),
  ];
}

/** The whole number nearest to 0 from which on the slope is 0, in one direction. */
function zeroFrom(f: Sampler, direction: 1 | -1): number | null {
  const places = Array.from({ length: FAR + 1 }, (_, i) => direction * i);
  const last = f(places).slopes.findLastIndex((slope) => slope !== 0);
  return last === FAR ? null : direction * (last + 1) || 0;
}
