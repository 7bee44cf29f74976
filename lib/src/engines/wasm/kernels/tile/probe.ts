// Functions with a tile each, to measure how fast they are, and whether sums and what is computed from
// them are the same to the bit where the runtime joins vectors.

import {
  encode,
  type FunctionBuilder,
  f32x4,
  i32x4,
  type Local,
  load,
  ModuleBuilder,
  op,
  plus,
} from "../../code/index.ts";
import { accumulate, type Sums, storeSums, zeroSums } from "./sums.ts";

/** Of the first two the taller is faster, unless it is spilled: then it has two thirds of the speed. */
const SQUARE = { rows: 3, vectors: 3 };
const TALL = { rows: 6, vectors: 2 };
/** Where vectors are joined it is nearly twice as fast as both; where not, it is spilled. */
const WIDE = { rows: 4, vectors: 4 };
const SIZES = [SQUARE, TALL, WIDE];

/** A tile to be measured, and how many operations one turn of it is. */
export interface TimedTile {
  readonly run: (turns: number) => void;
  readonly operations: number;
}

/** What is asked of a runtime. */
export interface TileProbe {
  readonly square: TimedTile;
  readonly tall: TimedTile;
  readonly wide: TimedTile;
  /** True where the wide tile leaves the very bits that single vectors leave. */
  readonly agrees: () => boolean;
  /** Milliseconds. */
  readonly now: () => number;
}

const STEPS = 256;
/** Where things lie in memory: factors, then what two tiles leave. */
const RIGHT = 2 ** 13;
const RESULT = 2 ** 15;
const OTHER_RESULT = RESULT + 2 ** 10;
const LINE = WIDE.vectors * 16;
const TRIALS = 64;

/**
 * @param relaxed a multiplication and an addition may round once
 * @param assemble for tests: gives the code of the tiles that are compared
 */
export function tileProbe(relaxed: boolean, assemble: typeof encode = encode): TileProbe {
  const run = compileTiles(relaxed);
  const [square, tall, wide] = SIZES.map(({ rows, vectors }, which) => ({
    run: (turns: number) => run(which, turns),
    operations: rows * vectors * 8 * STEPS,
  })) as [TimedTile, TimedTile, TimedTile];
  return {
    square,
    tall,
    wide,
    agrees: () => agrees(relaxed, assemble),
    now: () => performance.now(),
  };
}

function agrees(relaxed: boolean, assemble: typeof encode): boolean {
  const { joined, apart, memory } = compileTwins(relaxed, assemble);
  const numbers = new Float32Array(memory.buffer, 0, RESULT / 4);
  // Of either sign, so that comparisons go either way.
  numbers.set(numbers.map((_, i) => Math.sin(i * 1.7) + 0.01));
  // Often enough for runtimes that optimise what is called often.
  joined(TRIALS);
  for (let at = 0; at < LINE; at += TALL.vectors * 16) apart(at);
  const bits = (address: number) => new Int32Array(memory.buffer, address, (WIDE.rows * LINE) / 4);
  const expected = bits(OTHER_RESULT);
  return bits(RESULT).every((word, i) => word === expected[i]);
}

/** The products of a tile whose first column is `at` bytes from the first of a line. */
function sumsOf(
  f: FunctionBuilder,
  relaxed: boolean,
  { rows, vectors }: typeof WIDE,
  at: Local | 0,
) {
  const sums = zeroSums(f, rows, vectors);
  const left = { from: f.keep(0), stepK: 4, stepM: 4 * STEPS };
  const right = { from: f.keep(plus(at, RIGHT)), stepK: LINE, stepM: 0 };
  accumulate({ f, target: { relaxed } }, "float32", sums, { left, right }, STEPS);
  return sums;
}

const TURNS = { name: "turns", type: "i32" } as const;
const WHICH = { name: "which", type: "i32" } as const;
const AT = { name: "at", type: "i32" } as const;

/** All in one function, since functions are optimised one by one: run(which, turns). */
function compileTiles(relaxed: boolean): (which: number, turns: number) => void {
  const module = new ModuleBuilder();
  const run = module.function("run", [WHICH, TURNS], null, (f) => {
    const [which, turns] = f.params as [Local, Local];
    const tile = (size: typeof WIDE) => () =>
      f.for(0, turns, 1, () => storeSums(f, sumsOf(f, relaxed, size, 0), f.keep(RESULT)));
    const isTall = () => f.if(op("i32.eq", which, 1), tile(TALL), tile(WIDE));
    f.if(op("i32.eqz", which), tile(SQUARE), isTall);
  });
  module.export("run", run);
  return start(encode(module)).exports.run as ReturnType<typeof compileTiles>;
}

/** joined(turns) computes the wide tile and what follows from it, apart(at) the same in single vectors. */
function compileTwins(relaxed: boolean, assemble: typeof encode) {
  const module = new ModuleBuilder();
  const joined = module.function("joined", [TURNS], null, (f) => {
    f.for(0, f.params[0]!, 1, () => {
      storeSums(f, sumsOf(f, relaxed, WIDE, 0), f.keep(RESULT));
      f.for(0, WIDE.rows * LINE, 32, (from) => {
        const values = [0, 16].map((v) => f.keep(load("v128.load", from, RESULT + v)));
        const [low, high] = values.map((x) => trial(f, x));
        f.store("v128.store", from, high!, RESULT + 16);
        f.store("v128.store", from, low!, RESULT);
      });
    });
  });
  const apart = module.function("apart", [AT], null, (f) => {
    const at = f.params[0]!;
    const size = { rows: WIDE.rows, vectors: TALL.vectors };
    storeApart(f, sumsOf(f, relaxed, size, at), f.keep(plus(at, OTHER_RESULT)));
    f.for(0, size.vectors * 16, 16, (v) => {
      const place = f.keep(op("i32.add", plus(at, v), OTHER_RESULT), "place");
      f.for(0, size.rows, 1, () => {
        f.store("v128.store", place, trial(f, f.keep(load("v128.load", place))));
        f.set(place, plus(place, LINE));
      });
    });
  });
  module.export("joined", joined);
  module.export("apart", apart);
  const { exports, memory } = start(assemble(module));
  return {
    joined: exports.joined as (turns: number) => void,
    apart: exports.apart as (at: number) => void,
    memory,
  };
}

function start(code: ReturnType<typeof encode>) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const compiled = new WebAssembly.Module(code);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { exports, memory };
}

/** By an address of its own each, so that nothing is joined. */
function storeApart(f: FunctionBuilder, sums: Sums, to: Local): void {
  sums.forEach((line, p) => {
    line.forEach((sum, v) => {
      f.store("v128.store", f.keep(op("i32.add", to, p * LINE + v * 16)), sum);
    });
  });
}

const UNARY = [
  ...["abs", "neg", "floor", "nearest", "convert_i32x4_s"].map((name) => `f32x4.${name}`),
  ...["i32x4.neg", "i32x4.trunc_sat_f32x4_s", "v128.not"],
];
const BINARY = [
  ...["add", "sub", "mul", "div", "min", "max", "pmin", "pmax"].map((name) => `f32x4.${name}`),
  ...["add", "sub", "mul", "min_s", "max_s"].map((name) => `i32x4.${name}`),
  ...["and", "or", "xor", "andnot"].map((name) => `v128.${name}`),
];
const COMPARING = [
  ...["eq", "ne", "lt", "le", "gt", "ge"].map((name) => `f32x4.${name}`),
  ...["eq", "lt_s"].map((name) => `i32x4.${name}`),
];
const SHIFTS = ["shl", "shr_s", "shr_u"].map((name) => `i32x4.${name}`);

/** Every instruction that kernels use and runtimes join, once; no bit of a result is lost. */
function trial(f: FunctionBuilder, x: Local): Local {
  const y = f.keep(op("f32x4.sqrt", op("f32x4.add", op("f32x4.abs", x), f32x4(0.7))), "y");
  const results = [
    ...UNARY.map((name) => op(name, x)),
    ...BINARY.map((name) => op(name, x, y)),
    ...COMPARING.map((name) => op("v128.bitselect", x, y, op(name, x, y))),
    ...SHIFTS.map((name) => op(name, x, 3)),
  ];
  return results.reduce(
    (sum, one) => f.keep(op("v128.xor", sum, op("i32x4.add", one, i32x4(1)))),
    y,
  );
}
