// Checks a plan: no kernels wait for each other, everything is written before it is read, and nothing is
// overwritten too early.

import { NeuriteError } from "../../../checks/errors.ts";
import { type Arena, lifetimes } from "./arena.ts";
import { expectBounded } from "./bounds.ts";
import type { Fusion } from "./fusion.ts";
import type { FusionSchedule } from "./schedule.ts";
import type { Buffer } from "./view.ts";

/** @throws NeuriteError that says which kernel is wrong: a fault of the compiler, not of the user */
export function validateSchedule({
  fusions,
  storages,
  arguments: args,
  buffers,
  homes,
  results,
}: FusionSchedule): void {
  expectNoCircle(fusions);
  const variableOf = (buffer: Buffer) => {
    const home = homes.get(buffer);
    return home?.kind === "variable" ? home.index : null;
  };
  const inputs = buffers.filter((buffer) => (homes.get(buffer)?.kind ?? "result") !== "result");
  const written = new Set<Buffer>();
  const changed = new Set<number>();
  const fresh = new Set<Buffer>();
  for (const { stores } of fusions) for (const { buffer } of stores) fresh.add(buffer);
  for (const { head } of fusions) {
    if (head.kind === "special") for (const buffer of head.results) fresh.add(buffer);
  }
  const old = new Set([...args, ...inputs.filter((buffer) => !fresh.has(buffer))]);
  fusions.forEach((fusion, at) => {
    const fail = (what: string) => {
      throw new NeuriteError(`wasm: kernel ${at} (${fusion.head.kind}) ${what}`);
    };
    for (const { view } of fusion.reads) {
      const { buffer } = view;
      if (old.has(buffer)) {
        const variable = variableOf(buffer);
        if (variable !== null && changed.has(variable)) fail(`reads variable ${variable} too late`);
      } else if (!written.has(buffer)) fail(`reads array ${buffer.id} before it is written`);
    }
    expectBounded(fusion.stores.map(({ element }) => element));
    if (fusion.head.kind === "reduce") expectBounded([fusion.head.element]);
    const targets = fusion.stores.map(({ buffer }) => buffer);
    if (fusion.head.kind === "special")
      for (const buffer of fusion.head.results) targets.push(buffer);
    for (const buffer of targets) {
      if (written.has(buffer)) fail(`writes array ${buffer.id} again`);
      const variable = variableOf(buffer);
      if (variable !== null) {
        if (variable >= storages.length) fail(`writes variable ${variable}, which there is not`);
        if (changed.has(variable)) fail(`writes variable ${variable} again`);
        for (const { view, pointwise } of fusion.reads) {
          if (variableOf(view.buffer) === variable && !pointwise)
            fail(`overwrites variable ${variable} while reading it`);
        }
        changed.add(variable);
      }
      written.add(buffer);
    }
  });
  for (const buffer of results) {
    if (!written.has(buffer) && homes.get(buffer)?.kind !== "constant") {
      throw new NeuriteError(`wasm: result ${buffer.id} is never written`);
    }
  }
}

/** No kernel waits for itself by way of others: then there is an order at all. */
function expectNoCircle(fusions: readonly Fusion[]): void {
  const circle = circleIn(fusions);
  if (!circle) return;
  const names = circle.map(({ id, head }) => `${id} (${head.kind})`).join(", ");
  throw new NeuriteError(`wasm: these kernels wait for each other: ${names}`);
}

/** Fusions of which each waits for the next and the last for the first, or null. */
function circleIn(fusions: readonly Fusion[]): Fusion[] | null {
  /** The fusions on the way from the start, each with those it waits for that are still to be looked at. */
  const path = new Map<Fusion, Iterator<Fusion>>();
  const done = new Set<Fusion>();
  for (const start of fusions) {
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
export function validateArena(schedule: FusionSchedule, arena: Arena): void {
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
