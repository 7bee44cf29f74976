// Engine memory: blocks never overlap, what is freed joins again, and the end of memory has words.

import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ALIGNMENT, SLACK } from "./blocks.ts";
import { EngineMemory, newMemory } from "./memory.ts";

const small = (pages: number) => new WebAssembly.Memory({ initial: 1, maximum: pages });

describe("allocate and free", () => {
  test("blocks keep apart, whatever comes and goes", () => {
    const steps = fc.array(fc.record({ bytes: fc.nat(3000), free: fc.nat(20) }), { maxLength: 80 });
    fc.assert(
      fc.property(steps, (list) => {
        const memory = new EngineMemory(small(100));
        const held: { address: number; bytes: number }[] = [];
        for (const { bytes, free } of list) {
          const address = memory.allocate(bytes);
          expect(address % ALIGNMENT).toBe(0);
          expect(address).toBeGreaterThan(0);
          for (const other of held) {
            const apart =
              address >= other.address + other.bytes + SLACK ||
              other.address >= address + bytes + SLACK;
            expect(apart).toBe(true);
          }
          held.push({ address, bytes });
          const [gone] = free < held.length ? held.splice(free, 1) : [];
          if (gone) memory.free(gone.address, gone.bytes);
        }
        for (const { address, bytes } of held) memory.free(address, bytes);
        expect(memory.used).toBe(ALIGNMENT);
      }),
      { numRuns: 60 },
    );
  });

  test("programs of one size share an arena", () => {
    const memory = new EngineMemory(small(10));
    expect(memory.arena(100)).toBe(memory.arena(60_000));
    expect(memory.arena(70_000)).not.toBe(memory.arena(100));
  });
});

describe("new memory", () => {
  afterEach(() => vi.unstubAllGlobals());
  const { Memory } = WebAssembly;

  /** A runtime that reserves no more than `most` pages. */
  function grant(most: number): number[] {
    const asked: number[] = [];
    class Granted extends Memory {
      constructor(wanted: WebAssembly.MemoryDescriptor) {
        asked.push(wanted.maximum ?? 0);
        if ((wanted.maximum ?? 0) > most) throw new RangeError("could not allocate memory");
        super(wanted);
      }
    }
    vi.stubGlobal("WebAssembly", { ...WebAssembly, Memory: Granted });
    return asked;
  }

  test("is shared, and as large as the machine grants", () => {
    expect(new EngineMemory(newMemory()).isShared).toBe(true);
    const asked = grant(20_000);
    expect(new EngineMemory(newMemory()).isShared).toBe(true);
    expect(asked).toEqual([65536, 32768, 16384]);
  });

  test("is this thread's own where no shared memory is granted, or none is there", () => {
    grant(100);
    expect(new EngineMemory(newMemory()).isShared).toBe(false);
    vi.stubGlobal("SharedArrayBuffer", undefined);
    expect(new EngineMemory(newMemory()).isShared).toBe(false);
  });
});

test("the end of memory is an error that says how much was wanted and used", () => {
  const memory = new EngineMemory(small(32));
  memory.allocate(1_000_000);
  expect(() => memory.allocate(1_500_000)).toThrow(
    "wasm: out of memory: an array or a program needs 1.4 MiB, and 977 KiB are in use. " +
      "WebAssembly reaches 4 GiB at most, or what the machine grants.",
  );
  expect(() => memory.allocate(2 ** 33)).toThrow("needs 8192.0 MiB");
  // What fits is still to be had.
  expect(memory.allocate(500_000)).toBeGreaterThan(1_000_000);
});
