// The moves that a random program is made of: each adds an op, on operands that it fits.

import { makeGraph, Value } from "../ir/graph.ts";
import { sizeOf } from "../ir/shape.ts";
import { fill } from "../ops/fill.ts";
import type { Draft } from "./random-draft.testing.ts";

type Move = (draft: Draft) => void;

const bounded =
  (name: "sin" | "cos" | "tanh" | "sigmoid" | "erf" | "atan"): Move =>
  (d) =>
    d.keep(d.o[name](d.any()), name === "atan" ? 2 : 1);

/** Two values in the shape of the first. */
function pair(d: Draft, one = () => d.any()): [a: Value, b: Value, bounds: [number, number]] {
  const [a, other] = [one(), one()];
  return [a, d.fit(other, a.type.shape), [d.bound(a), Math.max(d.bound(other), 1)]];
}

/** A value with at least one axis, and one of its axes. */
function withAxis(d: Draft, any = d.any()): [x: Value, axis: number] {
  const x = any.type.shape.length > 0 ? any : d.o.reshape(any, { shape: [1] });
  return [x, d.int(0, x.type.shape.length - 1)];
}

/** sin(x) cos(x), from -1/2 to 1/2: away from where inverse functions are steep. */
function halfSine(d: Draft): Value {
  const x = d.any();
  return d.o.mul(d.o.sin(x), d.o.cos(x));
}

function someAxes(d: Draft, x: Value): number[] {
  return x.type.shape.flatMap((_, axis) => (d.chance(0.5) ? [axis] : []));
}

/** The first element as a scalar, where there is one. */
function oneOf(d: Draft, x: Value): Value | null {
  const size = sizeOf(x.type.shape);
  if (size === 0) return null;
  const row = d.o.reshape(x, { shape: [size] });
  return d.o.reshape(d.o.slice(row, { start: [0], end: [1], step: [1] }), { shape: [] });
}

const boundOf = (d: Draft, x: Value) => (x.node?.op === "reshape" ? 20 : d.bound(x));

export const MOVES = {
  sin: bounded("sin"),
  cos: bounded("cos"),
  tanh: bounded("tanh"),
  sigmoid: bounded("sigmoid"),
  erf: bounded("erf"),
  atan: bounded("atan"),
  asinh: (d) => {
    const x = d.any();
    d.keep(d.o.asinh(x), d.bound(x));
  },
  tan: (d) => d.keep(d.o.tan(d.o.sin(d.any())), 2),
  sinh: (d) => d.keep(d.o.sinh(d.o.sin(d.any())), 2),
  cosh: (d) => d.keep(d.o.cosh(d.o.sin(d.any())), 2),
  asin: (d) => d.keep(d.o.asin(halfSine(d)), 1),
  acos: (d) => d.keep(d.o.acos(halfSine(d)), 3),
  atanh: (d) => d.keep(d.o.atanh(halfSine(d)), 1),
  acosh: (d) => d.keep(d.o.acosh(d.o.exp(d.positive(d.o.sin(d.any())))), 8),
  log2: (d) => d.keep(d.o.log2(d.positive(d.any())), 10),
  log10: (d) => d.keep(d.o.log10(d.positive(d.any())), 4),
  atan2: (d) => {
    const [a, b] = pair(d);
    d.keep(d.o.atan2(a, d.positive(b)), 2);
  },
  neg: (d) => {
    const x = d.any();
    d.keep(d.o.neg(x), d.bound(x));
  },
  exp: (d) => d.keep(d.o.exp(d.o.tanh(d.any())), 3),
  expm1: (d) => d.keep(d.o.expm1(d.o.sin(d.any())), 3),
  log: (d) => d.keep(d.o.log(d.positive(d.any())), 7),
  log1p: (d) => d.keep(d.o.log1p(d.positive(d.any())), 7),
  sqrt: (d) => d.keep(d.o.sqrt(d.positive(d.any())), 21),
  floor: (d) => {
    const x = d.steady();
    d.keep(d.o.add(d.o.floor(x), x), 2 * d.bound(x) + 1);
  },
  throughInteger: (d) => {
    const x = d.steady();
    const whole = d.o.cast(x, { dtype: "int32" });
    d.keep(d.o.mul(d.o.cast(whole, { dtype: d.dtype }), x), d.bound(x) ** 2);
  },
  stopGradient: (d) => {
    const x = d.any();
    d.keep(d.o.mul(d.o.stopGradient(d.o.cos(x)), x), d.bound(x));
  },

  add: (d) => {
    const [a, b, bounds] = pair(d);
    d.keep(d.o.add(a, b), bounds[0] + bounds[1]);
  },
  sub: (d) => {
    const [a, b, bounds] = pair(d);
    d.keep(d.o.sub(a, b), bounds[0] + bounds[1]);
  },
  mul: (d) => {
    const [a, b, bounds] = pair(d);
    d.keep(d.o.mul(a, b), bounds[0] * bounds[1]);
  },
  div: (d) => {
    const [a, b, bounds] = pair(d);
    d.keep(d.o.div(a, d.positive(b)), 2 * bounds[0]);
  },
  pow: (d) => {
    const [a, b] = pair(d);
    d.keep(d.o.pow(d.positive(d.o.sin(a)), d.o.tanh(b)), 2);
  },
  max: (d) => {
    const [a, b, bounds] = pair(d);
    d.keep(d.o.max(a, b), Math.max(...bounds));
  },
  min: (d) => {
    const [a, b, bounds] = pair(d);
    d.keep(d.o.min(a, b), Math.max(...bounds));
  },
  where: (d) => {
    const [a, b, bounds] = pair(d, () => d.steady());
    const less = d.o.lt(a, b);
    const condition = d.chance(0.5) ? d.o.not(less) : d.o.or(less, d.o.eq(a, b));
    d.keep(d.o.where(condition, d.o.sin(a), b), bounds[1]);
  },

  reshape: (d) => {
    const x = d.any();
    const size = sizeOf(x.type.shape);
    const divisors = [1, 2, 3, 4].filter((n) => size % n === 0);
    const first = divisors[d.int(0, divisors.length - 1)]!;
    d.keep(d.o.reshape(x, { shape: [first, size / first] }), d.bound(x));
  },
  transpose: (d) => {
    const x = d.any();
    const perm = x.type.shape.map((_, axis) => axis);
    for (let i = perm.length - 1; i > 0; i--) {
      const j = d.int(0, i);
      [perm[i], perm[j]] = [perm[j]!, perm[i]!];
    }
    d.keep(d.o.transpose(x, { perm }), d.bound(x));
  },
  expand: (d) => {
    const x = d.any();
    const at = d.int(0, x.type.shape.length);
    const one = d.o.reshape(x, { shape: x.type.shape.toSpliced(at, 0, 1) });
    d.keep(d.o.expand(one, { shape: x.type.shape.toSpliced(at, 0, d.int(1, 3)) }), d.bound(x));
  },
  pad: (d) => {
    const x = d.any();
    const [low, high, interior] = [2, 1, 1].map((most) => x.type.shape.map(() => d.int(0, most)));
    d.keep(d.o.pad(x, { low: low!, high: high!, interior: interior! }), d.bound(x));
  },
  slice: (d) => {
    const x = d.any();
    const start = x.type.shape.map((dim) => d.int(0, Math.max(dim - 1, 0)));
    const end = x.type.shape.map((dim, axis) => d.int(Math.min(start[axis]! + 1, dim), dim));
    d.keep(d.o.slice(x, { start, end, step: start.map(() => d.int(1, 2)) }), d.bound(x));
  },
  flip: (d) => {
    const x = d.any();
    d.keep(d.o.flip(x, { axes: someAxes(d, x) }), d.bound(x));
  },
  concat: (d) => {
    const [x, axis] = withAxis(d);
    const other = d.fit(d.any(), x.type.shape.with(axis, d.int(1, 3)));
    d.keep(d.o.concat(x, d.o.sin(other), ...(d.chance(0.3) ? [x] : []), { axis }), boundOf(d, x));
  },

  sum: (d) => {
    const x = d.any();
    d.keep(d.o.sum(x, { axes: someAxes(d, x) }), d.bound(x) * sizeOf(x.type.shape));
  },
  reduceMax: (d) => {
    const x = d.any();
    const axes = someAxes(d, x).filter((axis) => x.type.shape[axis]! > 0);
    d.keep(d.o.reduceMax(x, { axes: d.chance(0.5) ? axes.reverse() : axes }), d.bound(x));
  },
  cumsum: (d) => {
    const [x, axis] = withAxis(d);
    const sums = d.o.cumsum(x, { axis, reverse: d.chance(0.5) });
    d.keep(sums, boundOf(d, x) * Math.max(x.type.shape[axis]!, 1));
  },
  argmax: (d) => {
    const [x, axis] = withAxis(d, d.steady());
    if (x.type.shape[axis] === 0) return;
    d.keep(d.o.cast(d.o.argmax(x, { axis }), { dtype: d.dtype }), 3);
  },
  sort: (d) => {
    const x = d.any();
    const row = d.o.reshape(x, { shape: [sizeOf(x.type.shape)] });
    const order = d.o.argsort(row, { axis: 0, descending: d.chance(0.5) });
    d.keep(d.o.gather(row, order), d.bound(x));
  },

  gather: (d) => {
    const [x] = withAxis(d);
    const rows = x.type.shape[0]!;
    if (rows === 0) return;
    const picked = Array.from({ length: d.int(0, 4) }, () => d.int(0, rows - 1));
    d.keep(d.o.gather(x, d.indices(picked, [picked.length])), boundOf(d, x));
  },
  scatterAdd: (d) => {
    const [x] = withAxis(d);
    const size = d.int(1, 4);
    const rows = x.type.shape[0]!;
    const places = Array.from({ length: rows }, () => d.int(0, size - 1));
    d.keep(d.o.scatterAdd(d.indices(places, [rows]), x, { size }), boundOf(d, x) * (rows + 1));
  },
  scatterMax: (d) => {
    const [x] = withAxis(d);
    const rows = x.type.shape[0]!;
    if (rows === 0) return;
    // Every place is named, for a bound that holds.
    const places = Array.from({ length: rows }, (_, i) => (i === 0 ? 0 : d.int(0, 1)));
    const size = Math.max(...places) + 1;
    d.keep(d.o.scatterMax(d.indices(places, [rows]), x, { size }), boundOf(d, x));
  },

  matmul: (d) => {
    const [a, b] = [d.any(), d.any()];
    const [m, k, n] = [d.int(1, 3), d.int(1, 3), d.int(1, 3)];
    const lead = d.chance(0.3) ? [2] : [];
    const left = d.o.sin(d.fit(a, [...lead, m, k]));
    d.keep(d.o.matmul(left, d.fit(b, [...lead, k, n])), 3 * Math.max(d.bound(b), 1));
  },
  conv: (d) => {
    const [x, w] = [d.any(), d.any()];
    const groups = d.int(1, 2);
    const image = d.o.sin(d.fit(x, [d.int(1, 2), 3, 2, groups]));
    const kernel = d.fit(w, [2, d.int(1, 2), 1, groups * d.int(1, 2)]);
    const padding = [
      [d.int(0, 1), 0],
      [0, d.int(0, 1)],
    ] as const;
    const params = { strides: [1, d.int(1, 2)], padding, dilation: [d.int(1, 2), 1] } as const;
    d.keep(d.o.conv(image, kernel, { ...params, groups }), 4 * Math.max(d.bound(w), 1));
  },
  maxPool: (d) => {
    const x = d.any();
    const image = d.o.sin(d.fit(x, [1, 3, 3, d.int(1, 2)]));
    const padding = [
      [d.int(0, 1), 0],
      [0, d.int(0, 1)],
    ] as const;
    const params = { window: [2, 2], strides: [d.int(1, 2), d.int(1, 2)], padding } as const;
    d.keep(d.o.maxPool(image, params), 1);
  },

  scan: (d) => {
    const [any] = withAxis(d);
    const [length, ...rest] = any.type.shape as [number, ...number[]];
    const slice = { dtype: d.dtype, shape: rest };
    const [w, h, x] = [new Value(slice), new Value(slice), new Value(slice)];
    const next = d.o.tanh(d.o.add(d.o.mul(h, w), x)); // h = tanh(w h + x), and w h is stacked
    const body = makeGraph([w, h, x], [next, d.o.mul(next, w)]);
    const [weight, start] = [d.fit(d.any(), rest), d.o.sin(d.fit(d.any(), rest))];
    const params = { body, constants: 1, carries: 1, length, reverse: d.chance(0.5) };
    const [last, all] = d.o.scan(weight, start, any, params);
    d.keep(last!, 1);
    d.keep(d.o.sin(all!), 1);
  },
  cond: (d) => {
    const [x, y] = [d.any(), d.any()];
    const [a, b] = [new Value(x.type), new Value(x.type)];
    const [same, other] = [new Value(x.type), new Value(x.type)];
    const ifTrue = makeGraph([a, b], [d.o.mul(d.o.sin(a), b), d.o.tanh(a)]);
    const ifFalse = makeGraph([same, other], [d.o.sub(other, d.o.sin(other)), same]);
    const scalar = oneOf(d, d.steady());
    if (!scalar) return;
    const predicate = d.o.lt(scalar, fill(d.o, scalar.type, d.draw() - 0.5));
    const [p, q] = d.o.cond(predicate, x, d.fit(y, x.type.shape), { ifTrue, ifFalse });
    d.keep(d.o.sin(p!), 1);
    d.keep(q!, boundOf(d, x) + 1);
  },
  // Of integers, which carry no tangents: reverse mode cannot pass it.
  whileLoop: (d) => {
    const scalar = oneOf(d, d.steady());
    if (!scalar) return;
    const start = d.o.cast(scalar, { dtype: "int32" });
    const [n, i, sum] = [new Value(start.type), new Value(start.type), new Value(start.type)];
    const number = (x: number) => fill(d.o, start.type, x);
    const params = {
      condition: makeGraph([n, i, sum], [d.o.lt(i, n)]),
      body: makeGraph([n, i, sum], [d.o.add(i, number(1)), d.o.add(sum, d.o.max(i, number(0)))]),
      constants: 1,
    };
    const [last, total] = d.o.whileLoop(number(d.int(0, 4)), start, number(1), params);
    d.keep(d.o.cast(d.o.add(last!, total!), { dtype: d.dtype }), 40);
  },
  custom: (d) => {
    const given = d.any();
    const [x, dx] = [new Value(given.type), new Value(given.type)];
    const body = makeGraph([x], [d.o.sin(x)]);
    const graph = makeGraph([x, dx], [d.o.mul(dx, d.o.cos(x))]);
    const params = { name: "sine", body, rule: { mode: "jvp" as const, graph } };
    d.keep(d.o.custom(given, params)[0]!, 1);
  },
} satisfies Record<string, Move>;
