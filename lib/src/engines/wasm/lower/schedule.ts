// A graph as kernels in order, its new state written in place wherever nobody still needs the old.

import type { Graph, Node, Value } from "../../../ir/graph.ts";
import type { Slot, Wiring } from "../../engine.ts";
import { ARENA, Fuser } from "./fuse.ts";
import type { Group } from "./group.ts";
import type { Buffer } from "./view.ts";

export interface Schedule {
  /** In the order in which they run. */
  readonly groups: readonly Group[];
  readonly buffers: readonly Buffer[];
  /** Where arguments and results are kept: in the arena, or in memory of the loop around. */
  readonly ends: Ends;
  /** Where each argument and each result lies. */
  readonly arguments: readonly Buffer[];
  readonly results: readonly Buffer[];
  /** The slots that buffers of home "slot" count. */
  readonly slots: readonly Slot[];
  /** The data that buffers of home "constant" count. */
  readonly constants: readonly Node<"constant">[];
}

type Ends = "arena" | "outside";

/** @param ends for the body of a loop "outside": each result then has memory of its own there */
export function schedule(graph: Graph, wiring: Wiring, ends: Ends = "arena"): Schedule {
  const slots = [...new Set([...wiring.reads, ...wiring.writes])];
  const numbers = new Map(slots.map((slot, i) => [slot, i]));
  const args = graph.inputs.length - wiring.reads.length;
  const homes = graph.inputs.map((_, i) =>
    i < args
      ? ({ home: "argument", index: i } as const)
      : ({ home: "slot", index: numbers.get(wiring.reads[i - args]!)! } as const),
  );
  const fuser = new Fuser(graph, homes);
  const given = new Map(graph.inputs.map((input) => [input, fuser.bufferOf(input)]));
  const count = graph.outputs.length - wiring.writes.length;
  const writes = graph.outputs
    .slice(count)
    .map((value, i) => ({ value, slot: numbers.get(wiring.writes[i]!)! }));
  const old = new Map<number, Buffer>();
  for (const buffer of fuser.inputBuffers)
    if (buffer.home === "slot") old.set(buffer.index, buffer);
  // All that is computed is stored before slots are written: only then is it known who reads them.
  for (const value of graph.outputs) fuser.bufferOf(value);
  const safe = new Map<Value, Buffer>();
  // What a slot holds now must be saved before it is written, if it is a result or another's new value.
  for (const { value } of writes)
    if (given.get(value)?.home === "slot") saveInput(fuser, value, safe);
  for (const value of graph.outputs.slice(0, count))
    if (given.has(value)) saveInput(fuser, value, safe);
  for (const { value, slot } of writes) {
    if (given.get(value)?.home === "slot" && given.get(value)?.index === slot) continue;
    const readers = readersOf(fuser, old.get(slot));
    if (!moveIn(fuser, value, slot, readers, given.has(value))) {
      copyIn(fuser, value, slot, readers, safe);
    }
  }
  const results = graph.outputs
    .slice(0, count)
    .map((value, i) =>
      ends === "outside"
        ? resultOf(fuser, value, i, safe.get(value))
        : (safe.get(value) ?? fuser.bufferOf(value)),
    );
  return {
    groups: inOrder(
      fuser.groups.filter(({ stores, head }) => stores.length > 0 || head.kind === "special"),
    ),
    buffers: fuser.buffers,
    ends,
    arguments: graph.inputs.slice(0, args).map((input) => given.get(input)!),
    results,
    slots,
    constants: fuser.constants,
  };
}

/** A result in memory of its own: computed right there if it can be, else copied. */
function resultOf(fuser: Fuser, value: Value, index: number, saved: Buffer | undefined): Buffer {
  const { dtype, shape } = value.type;
  const home = { home: "result", index } as const;
  const group = fuser.producers.get(value);
  const known = fuser.bufferOf(value);
  if (known.home === "arena") return Object.assign(known, home);
  const buffer = fuser.makeBuffer(dtype, shape, home);
  if (group?.open) fuser.storeIn(value, buffer);
  else fuser.copy(value, buffer, saved);
  return buffer;
}

function saveInput(fuser: Fuser, value: Value, safe: Map<Value, Buffer>): void {
  if (safe.has(value)) return;
  const buffer = fuser.makeBuffer(value.type.dtype, value.type.shape, ARENA);
  fuser.copy(value, buffer);
  safe.set(value, buffer);
}

/** Lets a new value be computed right into its slot; false where the old one is still needed. */
function moveIn(
  fuser: Fuser,
  value: Value,
  slot: number,
  readers: Readers,
  isInput: boolean,
): boolean {
  const group = fuser.producers.get(value);
  if (isInput || !group) return false;
  const buffer = fuser.bufferOf(value);
  if (buffer.home !== "arena") return false; // it lives in another slot already
  for (const [reader, pointwise] of readers) {
    if (reader === group ? !pointwise || !group.open : reader.dependsOn(group)) return false;
  }
  for (const reader of readers.keys()) group.follow(reader);
  Object.assign(buffer, { home: "slot", index: slot });
  return true;
}

/** Copies a new value into its slot after all others have read the old one. */
function copyIn(
  fuser: Fuser,
  value: Value,
  slot: number,
  readers: Readers,
  safe: ReadonlyMap<Value, Buffer>,
): void {
  const { dtype, shape } = value.type;
  const target = fuser.makeBuffer(dtype, shape, { home: "slot", index: slot });
  const copy = fuser.copy(value, target, safe.get(value));
  for (const reader of readers.keys()) copy.follow(reader);
}

/** The kernels that read what a slot held before the run, and whether each does so pointwise. */
type Readers = ReadonlyMap<Group, boolean>;

function readersOf(fuser: Fuser, old: Buffer | undefined): Readers {
  if (!old) return new Map();
  return new Map(
    fuser.readersOf(old).map((group) => {
      const own = group.reads.filter(({ view }) => view.buffer === old);
      return [group, own.every(({ pointwise }) => pointwise)];
    }),
  );
}

/**
 * Each group after those it waits for, else as they were made. Where some wait for each other no order
 * is right: `validateSchedule` says which.
 */
export function inOrder(groups: readonly Group[]): Group[] {
  const entered = new Set<Group>();
  const ordered = new Set<Group>();
  const stack = [...groups].reverse();
  for (let group = stack.at(-1); group; group = stack.at(-1)) {
    if (entered.has(group)) {
      ordered.add(group);
      stack.pop();
    } else {
      entered.add(group);
      const waiting = [...group.before].filter((other) => !entered.has(other));
      for (const other of waiting.sort((a, b) => b.id - a.id)) stack.push(other);
    }
  }
  const needed = new Set(groups);
  return [...ordered].filter((group) => needed.has(group));
}
