// Threefry-2x32 on four counters at once: the very words of ops/threefry.ts.

import { sizeOf } from "../../../../ir/shape.ts";
import {
  type Expr,
  type FunctionBuilder,
  i32x4,
  type Local,
  lane,
  load,
  op,
  plus,
  times,
} from "../../code/index.ts";
import { HIGH_WORDS_PAIRED, LOW_WORDS_PAIRED } from "../../code/shuffles.ts";
import { pointerTo } from "../../memory/place.ts";
import { vectorStore } from "../loop/registers.ts";
import type { Special } from "./special.ts";

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;
/** Words that four counters give. */
const GROUP = 8;

export const randomBits: Special<"randomBits"> = ({ params: { shape }, inputs: [, { type }] }) => {
  const words = sizeOf(shape);
  const blocks = sizeOf(type.shape);
  const groups = Math.ceil(words / GROUP);
  const rest = words - (groups - 1) * GROUP;
  return {
    name: "randomBits",
    units: blocks * groups,
    work: blocks * words * 20,
    emit: ({ f, lo, hi }, [keys, stream], out) => {
      const [from, streams, to] = [keys, stream, out].map((place) => f.keep(pointerTo(place)));
      f.for(lo, hi, 1, (unit) => {
        const block = f.keep(op("i32.div_u", unit, groups), "block");
        const group = f.keep(op("i32.rem_u", unit, groups), "group");
        const word = (offset: number) => {
          return load("v128.load32_splat", plus(from!, times(block, 8)), offset);
        };
        const key = threefryKey(f, word(0), word(4));
        const counter = op("i32x4.add", op("i32x4.splat", times(group, 4)), i32x4(0, 1, 2, 3));
        const number = load("v128.load32_splat", plus(streams!, times(block, 4)));
        const [[x, y]] = threefry(f, key, [[counter, number]]) as [readonly [Local, Local]];
        const at = f.keep(plus(to!, plus(times(block, words * 4), times(group, GROUP * 4))), "at");
        const write = (count: number) => {
          vectorStore(
            f,
            "int32",
            at,
            lane("i8x16.shuffle", LOW_WORDS_PAIRED, x, y),
            0,
            Math.min(count, 4),
          );
          if (count <= 4) return;
          vectorStore(
            f,
            "int32",
            at,
            lane("i8x16.shuffle", HIGH_WORDS_PAIRED, x, y),
            16,
            count - 4,
          );
        };
        if (rest === GROUP) write(GROUP);
        else
          f.if(
            op("i32.lt_s", group, groups - 1),
            () => write(GROUP),
            () => write(rest),
          );
      });
    },
  };
};

/** A key in all lanes: its two words and the third that follows from them, and what each fourth round adds to x and to y. */
export interface ThreefryKey {
  readonly words: readonly Local[];
  readonly sums: readonly Local[];
}

export function threefryKey(f: FunctionBuilder, high: Expr, low: Expr): ThreefryKey {
  const [first, second] = [f.keep(high, "key"), f.keep(low, "key")];
  const third = f.keep(op("v128.xor", i32x4(PARITY), op("v128.xor", first, second)), "key");
  const words = [first, second, third];
  const sums = [1, 2, 3, 4, 5].map((step) =>
    f.keep(op("i32x4.add", words[(step + 1) % 3]!, i32x4(step)), "sum"),
  );
  return { words, sums };
}

/**
 * Two random words in each lane, for its counter of two words. Where several are wanted they are made by turns: each instruction
 * of one waits for the last, and processors do not look far enough ahead to find the next by themselves.
 */
export function threefry(
  f: FunctionBuilder,
  { words, sums }: ThreefryKey,
  counters: readonly (readonly [Expr, Expr])[],
): (readonly [Local, Local])[] {
  const made = counters.map(([first, second]) => {
    const x = f.keep(op("i32x4.add", first, words[0]!), "x");
    return [x, f.keep(op("i32x4.add", second, words[1]!), "y")] as const;
  });
  for (let round = 0; round < 20; round++) {
    const bits = ROTATIONS[round % 8]!;
    for (const [x, y] of made) f.set(x, op("i32x4.add", x, y));
    for (const [x, y] of made) {
      const rotated = op("v128.or", op("i32x4.shl", y, bits), op("i32x4.shr_u", y, 32 - bits));
      f.set(y, op("v128.xor", rotated, x));
    }
    if (round % 4 !== 3) continue;
    const step = (round + 1) / 4;
    for (const [x, y] of made) {
      f.set(x, op("i32x4.add", x, words[step % 3]!));
      f.set(y, op("i32x4.add", y, sums[step - 1]!));
    }
  }
  return made;
}
