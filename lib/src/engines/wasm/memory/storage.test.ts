// Where variables are before programs use them: small ones outside of engine memory, large ones in it, few at a time.

import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { EngineMemory } from "./memory.ts";
import { placeSideBySide, WasmStorage } from "./storage.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const MIB = 2 ** 20;
const numbers = Float32Array.from({ length: MIB / 4 }, (_, i) => i);
const type = { dtype: "float32", shape: [numbers.length] } as const;

/** A matcher would look at each of them by itself. */
const isNumbers = (found: ArrayLike<number>): boolean =>
  found.length === numbers.length && numbers.every((x, i) => x === found[i]);

/** Memory of up to 32 MiB, of which so many may be of variables that no program has asked for. */
function memoryOf(mostAhead = 8 * MIB): EngineMemory {
  return new EngineMemory(new WebAssembly.Memory({ initial: 1, maximum: 512 }), mostAhead);
}

describe("a large variable", () => {
  test("goes to engine memory at once, and is its own copy", () => {
    const memory = memoryOf();
    const before = memory.used;
    const given = numbers.slice();
    const storage = new WasmStorage(memory, type, given);
    expect(memory.used - before).toBeGreaterThanOrEqual(MIB);
    given.fill(-1);
    expect(isNumbers(storage.read())).toBe(true);
    const held = memory.used;
    expect([...(memory.view("float32", storage.address, 3) as Float32Array)]).toEqual([0, 1, 2]);
    expect(memory.used).toBe(held);
  });

  test("stays outside where too many wait for a program, until one has asked for another", () => {
    const memory = memoryOf(2 * MIB);
    const before = memory.used;
    const [first] = [1, 2, 3].map(() => new WasmStorage(memory, type, numbers)) as [WasmStorage];
    expect(memory.used - before).toBeLessThan(3 * MIB);
    const next = new WasmStorage(memory, type, numbers);
    expect(memory.used - before).toBeLessThan(3 * MIB);
    expect(isNumbers(next.read())).toBe(true);
    expect(first.address).toBe(first.address);
    new WasmStorage(memory, type, numbers);
    expect(memory.used - before).toBeGreaterThanOrEqual(3 * MIB);
    expect(memory.ahead).toBe(2 * MIB);
  });

  test("stays outside where memory is full", () => {
    const memory = new EngineMemory(new WebAssembly.Memory({ initial: 1, maximum: 8 }));
    const storage = new WasmStorage(memory, type, numbers);
    expect(isNumbers(storage.read())).toBe(true);
    expect(memory.ahead).toBe(0);
  });

  test("gives its memory back, and its share of what may wait, when it is gone", async () => {
    const memory = memoryOf();
    const before = memory.used;
    let many: WasmStorage[] = Array.from({ length: 4 }, () => {
      return new WasmStorage(memory, type, numbers);
    });
    expect(memory.ahead).toBe(4 * MIB);
    expect(many[0]!.address).toBeGreaterThan(0);
    many = [];
    for (let i = 0; i < 4; i++) {
      collect();
      await setImmediate();
    }
    expect([memory.used, memory.ahead, many.length]).toEqual([before, 0, 0]);
  });
});

test("variables go side by side from wherever they were, and leave nothing behind", async () => {
  const memory = memoryOf(MIB);
  const before = memory.used;
  const large = new WasmStorage(memory, type, numbers);
  const outside = new WasmStorage(memory, type, numbers);
  expect(memory.ahead).toBe(MIB);
  const view = placeSideBySide([large, outside])() as Float32Array;
  expect([memory.ahead, memory.used - before < 2 * MIB + 1024]).toEqual([0, true]);
  expect(isNumbers(view.subarray(0, numbers.length))).toBe(true);
  expect(isNumbers(view.subarray(view.length - numbers.length))).toBe(true);
  expect([large.read()[7], outside.address - large.address > MIB]).toEqual([7, true]);
  collect();
  await setImmediate();
  expect(memory.used - before).toBeGreaterThanOrEqual(2 * MIB);
  expect(isNumbers(outside.read())).toBe(true);
});

test("a small variable waits outside", () => {
  const memory = memoryOf();
  const before = memory.used;
  const storage = new WasmStorage(memory, { dtype: "float32", shape: [8] }, new Float32Array(8));
  expect(memory.used).toBe(before);
  expect(storage.address).toBeGreaterThan(0);
  expect(memory.used).toBeGreaterThan(before);
});
