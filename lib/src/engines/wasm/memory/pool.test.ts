// Numbers that programs read: each has eight lanes of its own, and keeps its place.

import { expect, test } from "vitest";
import { EngineMemory } from "./memory.ts";
import { VectorPool } from "./pool.ts";

test("eight lanes for each number, once", () => {
  const memory = new EngineMemory(new WebAssembly.Memory({ initial: 1 }));
  const pool = new VectorPool(memory);
  const numbers = Array.from({ length: 300 }, (_, i) => (i * 0x9e3779b1) | 0);
  const addresses = numbers.map((bits) => pool.addressOf(bits));
  expect(new Set(addresses).size).toBe(numbers.length);
  numbers.forEach((bits, i) => {
    expect(pool.addressOf(bits)).toBe(addresses[i]);
    expect([...memory.view("int32", addresses[i]!, 8)]).toEqual(new Array(8).fill(bits));
    expect(addresses[i]! % 32).toBe(0);
  });
});

test("memory is had for many numbers at a time, and for none before the first", () => {
  const memory = new EngineMemory(new WebAssembly.Memory({ initial: 1 }));
  const before = memory.used;
  const pool = new VectorPool(memory);
  expect(memory.used).toBe(before);
  pool.addressOf(1);
  const { used } = memory;
  for (let bits = 2; bits < 100; bits++) pool.addressOf(bits);
  expect(memory.used).toBe(used);
});
