// One pass of a program: the values that it computes, what it checks, what it stores, and what the next
// pass begins with.

import type { FunctionRef, ModuleBuilder } from "../code/index.ts";
import type { AddressRange } from "../memory/place.ts";
import { Cells } from "./cells.ts";
import { type PassCheck, PassTracer } from "./trace.ts";
import { type PassValue, PassValues } from "./values.ts";
import { WORDS, type Word, wordsIn } from "./words.ts";

/** Where the arrays of a program are. */
export interface Rooms {
  /** Where everything is written before it is read, arguments apart. */
  readonly scratch: AddressRange;
  readonly arguments: readonly AddressRange[];
  readonly results: readonly AddressRange[];
  /** All arrays that are read or written. */
  readonly all: readonly AddressRange[];
  /** What is in memory elsewhere: numbers that never change. */
  readonly constant: (address: number, words: number) => readonly number[];
}

/** Words or a byte that are written at the end. */
export interface PassStore {
  readonly address: number;
  /** Up to four words that are neighbours, or the low byte of a value. */
  readonly words: readonly Exclude<Word, null>[];
  readonly byte: PassValue | null;
}

/** Something that is read at the start of a pass, and the words that stand there at its end; null for any. */
export interface Carried {
  readonly value: PassValue;
  readonly words: readonly Word[];
}

export interface Pass {
  readonly values: PassValues;
  readonly checks: readonly PassCheck[];
  readonly stores: readonly PassStore[];
  readonly carried: readonly Carried[];
}

/**
 * Goes through the function run(times, thread, threads) for one time on one thread.
 * @throws NotStraight where something depends on numbers that are not known yet, or it is too much
 */
export function tracePass(module: ModuleBuilder, run: FunctionRef, rooms: Rooms): Pass {
  const values = new PassValues();
  const { scratch, arguments: given, all: arrays, constant } = rooms;
  const cells = new Cells(values, { scratch, given, arrays, constant });
  const isUntouched = (address: number) => {
    const room = rooms.all.find(({ from, to }) => address >= from && address < to);
    return room !== undefined && !cells.isTouched(room.from, room.to);
  };
  const tracer = new PassTracer(module, values, cells, isUntouched);
  tracer.call(run, [values.i32(1), values.i32(0), values.i32(1)]);
  const isKept = (address: number) => {
    const isIn = ({ from, to }: AddressRange) => address >= from && address < to;
    return !isIn(scratch) || rooms.results.some(isIn);
  };
  const carried = carriedIn(values, cells);
  return { values, checks: tracer.checks, stores: storesIn(cells, isKept), carried };
}

function storesIn({ words, bytes }: Cells, isKept: (address: number) => boolean): PassStore[] {
  const kept = [...words].filter(([at, word]) => word !== null && isKept(at * 4));
  kept.sort(([a], [b]) => a - b);
  const stores: { address: number; words: Exclude<Word, null>[]; byte: null }[] = [];
  for (const [at, word] of kept) {
    const last = stores.at(-1);
    const follows = last && last.address + 4 * last.words.length === at * 4;
    if (follows && last.words.length < 4) {
      last.words.push(word!);
    } else stores.push({ address: at * 4, words: [word!], byte: null });
  }
  const small = [...bytes].filter(([address]) => isKept(address));
  return [...stores, ...small.map(([address, byte]) => ({ address, words: [], byte }))];
}

/** What was read at known places that hold something else in the end. */
function carriedIn(values: PassValues, cells: Cells): Carried[] {
  const carried: Carried[] = [];
  for (const value of [...values.all]) {
    const { what, args } = value;
    if (what.kind !== "load" || args.length > 0) continue;
    const words = nextOf(cells, value, what.op, what.offset);
    if (words) carried.push({ value, words });
  }
  return carried;
}

function nextOf(cells: Cells, value: PassValue, op: string, address: number): Word[] | null {
  const isByte = op === "i32.load8_u";
  const isSplat = op === "v128.load32_splat";
  const count = isByte || isSplat ? 1 : WORDS[value.type];
  if (!cells.isTouched(address, address + (isByte ? 1 : 4 * count))) return null;
  if (isByte) return wordsIn(cells.load(op, "i32", address, []));
  const words = Array.from({ length: count }, (_, i): Word => {
    const place = address + 4 * i;
    return cells.isTouched(place, place + 4) ? cells.wordAt(place) : { of: value, at: i };
  });
  return isSplat ? [0, 1, 2, 3].map(() => words[0]!) : words;
}
