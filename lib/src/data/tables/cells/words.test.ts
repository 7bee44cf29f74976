import { expect, it } from "vitest";
import { Growing } from "./growing.ts";
import { Words } from "./words.ts";

const utf8 = new TextEncoder();

it("numbers texts in the order of their first coming", () => {
  const words = new Words();
  const known = new Map<string, number>();
  const wrong: string[] = [];
  for (let i = 0; i < 20_000; i++) {
    const text = `w${(i * 7919) % 5003}${"x".repeat(i % 3)}`;
    const bytes = utf8.encode(`<${text}>`);
    const at: [Uint8Array, number, number] = [bytes, 1, bytes.length - 1];
    const found = words.find(...at);
    if (found !== (known.get(text) ?? -1)) wrong.push(text);
    const number = words.add(...at);
    if (!known.has(text)) known.set(text, known.size);
    if (number !== known.get(text)) wrong.push(text);
  }
  expect(wrong).toEqual([]);
  expect(words.size).toBe(known.size);
  expect(known.size).toBeGreaterThan(10_000);
});

it("grows by blocks, keeps every number and starts anew once they are taken", () => {
  const list = new Growing(Float64Array);
  const all = Array.from({ length: 200_000 }, (_, i) => i / 3);
  for (const value of all) list.push(value);
  list.change((value, place) => (place === 150_000 ? -1 : value));
  all[150_000] = -1;
  expect(list.length).toBe(200_000);
  const taken = list.take();
  expect(taken).toBeInstanceOf(Float64Array);
  expect(taken).toHaveLength(all.length);
  expect(all.findIndex((value, i) => taken[i] !== value)).toBe(-1);
  expect(list.length).toBe(0);
  list.fill(Number.NaN, 2);
  expect(list.take()).toEqual(new Float64Array([Number.NaN, Number.NaN]));
});
