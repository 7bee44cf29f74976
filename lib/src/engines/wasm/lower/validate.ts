// Checks a plan: no kernels wait for each other, everything is written before it is read, and nothing is
// overwritten too early.

import { NeuriteError } from "../../../checks/errors.ts";
import { type Arena, lifetimes } from "./arena.ts";
import { expectBounded } from "./bounds.ts";
import type { Group } from "./group.ts";
import type { Schedule } from "./schedule.ts";
import type { Buffer } from "./view.ts";

/** @throws NeuriteError that says which kernel is wrong: a fault of the compiler, not of the user */
export function validateSchedule({
  groups,
  slots,
  arguments: args,
  buffers,
  results,
}: Schedule): void {
  expectNoCircle(groups);
  const inputs = buffers.filter(
    ({ home }) => home === "slot" || home === "constant" || home === "argument",
  );
  const written = new Set<Buffer>();
  const changed = new Set<number>();
  const fresh = new Set<Buffer>();
  for (const { stores } of groups) for (const { buffer } of stores) fresh.add(buffer);
  for (const { head } of groups) {
    if (head.kind === "special") for (const buffer of head.results) fresh.add(buffer);
  }
  const old = new Set([...args, ...inputs.filter((buffer) => !fresh.has(buffer))]);
  groups.forEach((group, at) => {
    const fail = (what: string) => {
      throw new NeuriteError(`wasm: kernel ${at} (${group.head.kind}) ${what}`);
    };
    for (const { view } of group.reads) {
      const { buffer } = view;
      if (old.has(buffer)) {
        if (buffer.home === "slot" && changed.has(buffer.index))
          fail(`reads slot ${buffer.index} too late`);
      } else if (!written.has(buffer)) fail(`reads array ${buffer.id} before it is written`);
    }
    expectBounded(group.stores.map(({ element }) => element));
    if (group.head.kind === "reduce") expectBounded([group.head.element]);
    const targets = group.stores.map(({ buffer }) => buffer);
    if (group.head.kind === "special")
      for (const buffer of group.head.results) targets.push(buffer);
    for (const buffer of targets) {
      if (written.has(buffer)) fail(`writes array ${buffer.id} again`);
      if (buffer.home === "slot") {
        if (buffer.index >= slots.length) fail(`writes slot ${buffer.index}, which there is not`);
        if (changed.has(buffer.index)) fail(`writes slot ${buffer.index} again`);
        for (const { view, pointwise } of group.reads) {
          const same = view.buffer.home === "slot" && view.buffer.index === buffer.index;
          if (same && !pointwise) fail(`overwrites slot ${buffer.index} while reading it`);
        }
        changed.add(buffer.index);
      }
      written.add(buffer);
    }
  });
  for (const buffer of results) {
    if (!written.has(buffer) && buffer.home !== "constant") {
      throw new NeuriteError(`wasm: result ${buffer.id} is never written`);
    }
  }
}

/** No kernel waits for itself by way of others: then there is an order at all. */
function expectNoCircle(groups: readonly Group[]): void {
  const circle = circleIn(groups);
  if (!circle) return;
  const names = circle.map(({ id, head }) => `${id} (${head.kind})`).join(", ");
  throw new NeuriteError(`wasm: these kernels wait for each other: ${names}`);
}

/** Groups of which each waits for the next and the last for the first, or null. */
function circleIn(groups: readonly Group[]): Group[] | null {
  /** The groups on the way from the start, each with those it waits for that are still to be looked at. */
  const path = new Map<Group, Iterator<Group>>();
  const done = new Set<Group>();
  for (const start of groups) {
    const way = [start];
    for (let at = way.at(-1); at; at = way.at(-1)) {
      const rest = path.get(at) ?? at.before.values();
      path.set(at, rest);
      const { value: next, done: isLast } = rest.next();
      if (isLast) {
        done.add(at);
        path.delete(at);
        way.pop();
      } else if (path.has(next)) return way.slice(way.indexOf(next));
      else if (!done.has(next)) way.push(next);
    }
  }
  return null;
}

/** @throws NeuriteError where two arrays share memory while both are needed */
export function validateArena(schedule: Schedule, arena: Arena): void {
  const lives = [...lifetimes(schedule)].map(([buffer, life]) => {
    const from = arena.offsets.get(buffer);
    if (from === undefined || from < 0) {
      throw new NeuriteError(`wasm: array ${buffer.id} has no place`);
    }
    return { id: buffer.id, from, to: from + buffer.bytes, ...life };
  });
  // What is alive at a time is kept by address: as long as all is well, only neighbours can overlap.
  const alive: (typeof lives)[number][] = [];
  const placeOf = (from: number) => {
    let [low, high] = [0, alive.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (alive[middle]!.from < from) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const dying = [...lives].sort((a, b) => a.last - b.last);
  let dead = 0;
  for (const born of lives.sort((a, b) => a.first - b.first)) {
    for (; dying[dead]!.last < born.first; dead++) alive.splice(placeOf(dying[dead]!.from), 1);
    const at = placeOf(born.from);
    for (const other of [alive[at - 1], alive[at]]) {
      if (!other || other.from >= born.to || born.from >= other.to) continue;
      throw new NeuriteError(
        `wasm: arrays ${other.id} and ${born.id} share memory while both are alive`,
      );
    }
    alive.splice(at, 0, born);
  }
}
