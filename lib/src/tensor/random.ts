// Random numbers from keys: the same key always gives the same numbers, on every engine.

import {
  anything,
  expectOptions,
  finite,
  fraction,
  index,
  type Kind,
  type Kinds,
  notNegative,
  number,
  oneOf,
} from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { sameShape, sizeOf } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { composed, numberKey } from "../runtime/interpreter/composed.ts";
import { axisKind, operandKind, shapeKind } from "../runtime/values/kinds.ts";
import { scalar } from "../runtime/values/numbers.ts";
import { Tensor } from "../runtime/values/tensor.ts";
import type { Shape } from "../shapes/index.ts";
import { less, where } from "./comparison.ts";
import { add, cast, cos, floor, floorDiv, log, mul, sin, sqrt, sub } from "./elementwise.ts";
import { resolveAxis } from "./operands/broadcast.ts";
import { checkShape } from "./operands/checks.ts";
import { gatherAxis } from "./operands/gather-axis.ts";

/** Two words of key material. */
export type Key = Tensor<[2]>;

export type Mutable<S extends Shape> = number extends S["length"] ? any : [...S];

/** Options of uniform(): numbers from low (0 by default) up to high (1), in float32. */
export interface UniformOptions {
  readonly low?: number;
  readonly high?: number;
  readonly dtype?: "float32" | "float64";
}

/** Options of normal(): mean 0 and standard deviation 1 by default, in float32. */
export interface NormalOptions {
  readonly mean?: number;
  readonly std?: number;
  readonly dtype?: "float32" | "float64";
}

const floatKind = oneOf("float32", "float64");
const UNIFORM: Kinds<UniformOptions> = { low: finite, high: finite, dtype: floatKind };
const NORMAL: Kinds<NormalOptions> = { mean: finite, std: notNegative, dtype: floatKind };

export const keyKind: Kind<Key> = {
  says: "a key",
  fits: (x) => x instanceof Tensor && x.dtype === "int32" && sameShape(x.type.shape, [2]),
  hint: (x) => `Write random.key(${Number.isSafeInteger(x) ? x : "seed"})`,
};

/** Draws use this stream; derived keys use the streams from 0 on, so the two never meet. */
const DRAWS = -1;

const checkKey = signature<typeof key>("key(seed)", number);

/** The key of a seed. @param seed a whole number from 0 to 2^53 - 1 */
export function key(seed: number): Key {
  checkKey(arguments);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new ArgumentError(`key: expected a whole number from 0 to 2^53 - 1, received ${seed}`);
  }
  const words = new Int32Array([Math.floor(seed / 2 ** 32), seed]);
  return new Tensor({ type: { dtype: "int32", shape: [2] }, known: words });
}

const checkFoldIn = signature<typeof foldIn>("foldIn(key, data)", keyKind, operandKind);

/**
 * A key of its own for `data`, a layer's place or a step: a whole number from 0 to 2^31 - 1, or an
 * int32 scalar that holds one.
 */
export function foldIn(from: Key, data: number | Tensor): Key {
  checkFoldIn(arguments);
  if (typeof data === "number" && !(Number.isInteger(data) && data >= 0 && data < 2 ** 31)) {
    throw new ArgumentError(`foldIn: expected a whole number from 0 to 2^31 - 1, received ${data}`);
  }
  const stream = typeof data === "number" ? scalar(data, "int32") : cast(data, "int32");
  return prims.randomBits(from, stream, { shape: [2] });
}

/** `count` keys, as a tuple where the count is a small literal. */
type Keys<N extends number, Done extends Key[] = []> = number extends N
  ? Key[]
  : Done["length"] extends N | 16
    ? Done["length"] extends N
      ? Done
      : Key[]
    : Keys<N, [...Done, Key]>;

const checkSplitKey = signature<typeof splitKey>("splitKey(key, count?)", keyKind, index);

/** `count` independent keys. */
export function splitKey<const N extends number = 2>(from: Key, count?: N): Keys<N> {
  checkSplitKey(arguments);
  return Array.from({ length: count ?? 2 }, (_, i) => foldIn(from, i)) as Keys<N>;
}

function bits(from: Key, shape: readonly number[]): Tensor {
  return prims.randomBits(from, scalar(DRAWS, "int32"), { shape });
}

const checkUniform = signature<typeof uniform>(
  "uniform(key, shape, { low, high, dtype })",
  keyKind,
  shapeKind,
  anything,
);

/** Uniform in [low, high): 24 random bits in float32, 53 in float64. */
export function uniform<const S extends Shape>(
  from: Key,
  shape: S,
  options: UniformOptions = {},
): Tensor<Mutable<S>> {
  checkUniform(arguments);
  expectOptions("uniform", options, UNIFORM);
  const { low = 0, high = 1, dtype = "float32" } = options;
  if (low > high) {
    throw new ArgumentError(`uniform: expected low <= high, received low ${low} and high ${high}`);
  }
  checkShape("uniform", shape);
  const what = `uniform ${shape} ${numberKey(low)} ${numberKey(high)} ${dtype}`;
  return composed(what, [from], (key) => {
    const drawn = unit(key, shape, dtype);
    if (low === 0 && high === 1) return drawn;
    const scaled = add(mul(drawn, high - low), low);
    return where(less(scaled, high), scaled, low); // rounding may have given `high`
  });
}

/** Uniform in [0, 1). */
function unit(from: Key, shape: readonly number[], dtype: "float32" | "float64"): Tensor {
  return dtype === "float32" ? unit32(from, shape) : unit64(from, shape);
}

function unit32(from: Key, shape: readonly number[]): Tensor {
  const top = floorDiv(bits(from, shape), 256); // the upper 24 bits, from -2^23 to 2^23 - 1
  return mul(add(cast(top, "float32"), 2 ** 23), 2 ** -24);
}

function unit64(from: Key, shape: readonly number[]): Tensor {
  const words = bits(from, [2, ...shape]);
  const word = (i: number) =>
    prims.reshape(
      prims.slice(words, {
        start: [i, ...shape.map(() => 0)],
        end: [i + 1, ...shape],
        step: words.type.shape.map(() => 1),
      }),
      { shape },
    );
  const high = add(cast(floorDiv(word(0), 32), "float64"), 2 ** 26); // 27 bits
  const low = add(cast(floorDiv(word(1), 64), "float64"), 2 ** 25); // 26 bits
  return mul(add(mul(high, 2 ** 26), low), 2 ** -53);
}

const checkNormal = signature<typeof normal>(
  "normal(key, shape, { mean, std, dtype })",
  keyKind,
  shapeKind,
  anything,
);

/** Normal with the given mean and standard deviation (Box and Muller 1958). */
export function normal<const S extends Shape>(
  from: Key,
  shape: S,
  options: NormalOptions = {},
): Tensor<Mutable<S>> {
  checkNormal(arguments);
  expectOptions("normal", options, NORMAL);
  const { mean = 0, std = 1, dtype = "float32" } = options;
  checkShape("normal", shape);
  const what = `normal ${shape} ${numberKey(mean)} ${numberKey(std)} ${dtype}`;
  return composed(what, [from], (key) => boxMuller(key, shape, { mean, std, dtype }));
}

function boxMuller(
  from: Key,
  shape: readonly number[],
  { mean, std, dtype }: Required<NormalOptions>,
): Tensor {
  const size = sizeOf(shape);
  const pairs = Math.ceil(size / 2);
  const [forRadius, forAngle] = splitKey(from);
  const radius = sqrt(mul(log(sub(1, unit(forRadius, [pairs], dtype))), -2));
  const angle = mul(unit(forAngle, [pairs], dtype), 2 * Math.PI);
  const both = prims.concat(mul(radius, cos(angle)), mul(radius, sin(angle)), { axis: 0 });
  const used = prims.slice(both, { start: [0], end: [size], step: [1] });
  const standard = prims.reshape(used, { shape });
  const scaled = std === 1 && mean === 0 ? standard : add(mul(standard, std), mean);
  return scaled;
}

const checkBernoulli = signature<typeof bernoulli>(
  "bernoulli(key, p, shape)",
  keyKind,
  fraction,
  shapeKind,
);

/** True with probability p. */
export function bernoulli<const S extends Shape>(
  from: Key,
  p: number,
  shape: S,
): Tensor<Mutable<S>> {
  checkBernoulli(arguments);
  checkShape("bernoulli", shape);
  const draw = uniform(from, shape);
  const chosen = less(draw, p);
  return chosen;
}

const checkRandint = signature<typeof randint>(
  "randint(key, shape, low, high)",
  keyKind,
  shapeKind,
  number,
  number,
);

/** Whole numbers in [low, high), int32. */
export function randint<const S extends Shape>(
  from: Key,
  shape: S,
  low: number,
  high: number,
): Tensor<Mutable<S>> {
  checkRandint(arguments);
  checkShape("randint", shape);
  const inside = (bound: number) => Number.isInteger(bound) && Math.abs(bound) <= 2 ** 31;
  if (!(inside(low) && inside(high) && low < high)) {
    throw new ArgumentError(
      `randint: expected whole numbers low < high within int32, received ${low} and ${high}`,
    );
  }
  const unit = uniform(from, shape, { dtype: "float64" });
  // Shifted before the cast: the width of the range may exceed int32.
  const whole = cast(add(floor(mul(unit, high - low)), low), "int32");
  return whole;
}

const checkPermutation = signature<typeof permutation>(
  "permutation(key, of, axis?)",
  keyKind,
  operandKind,
  axisKind,
);

/**
 * The whole numbers 0..n-1 in random order, int32; of a tensor its slices along an axis (the first) in
 * random order, each whole.
 * @throws ShapeError for n that is no length, ArgumentError for an axis that x lacks
 */
export function permutation<const T extends number | Tensor>(
  from: Key,
  of: T,
  axis = 0,
): T extends Tensor ? T : Tensor<[number]> {
  checkPermutation(arguments);
  const x = of as number | Tensor;
  if (typeof x === "number") return shuffledPlaces(from, x) as never;
  const along = resolveAxis("permutation", x.type.shape, axis);
  return gatherAxis(x, shuffledPlaces(from, x.type.shape[along]!), along) as never;
}

function shuffledPlaces(from: Key, n: number): Tensor {
  checkShape("permutation", [n]);
  return prims.argsort(uniform(from, [n], { dtype: "float64" }), { axis: 0, descending: false });
}
