// The known answers for Threefry-2x32-20 that Random123 publishes (kat_vectors).

import { expect, test } from "vitest";
import { threefry2x32 } from "./threefry.ts";

const hex = (words: readonly number[]) => words.map((w) => (w >>> 0).toString(16).padStart(8, "0"));

test.each([
  { key: [0, 0], counter: [0, 0], words: ["6b200159", "99ba4efe"] },
  {
    key: [0xffffffff, 0xffffffff],
    counter: [0xffffffff, 0xffffffff],
    words: ["1cb996fc", "bb002be7"],
  },
  {
    key: [0x13198a2e, 0x03707344],
    counter: [0x243f6a88, 0x85a308d3],
    words: ["c4923a9c", "483df7a0"],
  },
])("key $key, counter $counter", ({ key: [k0, k1], counter: [c0, c1], words }) => {
  expect(hex(threefry2x32(k0!, k1!, c0!, c1!))).toEqual(words);
});

test("signed and unsigned words are the same words, and results are signed", () => {
  const signed = threefry2x32(-1, -2, -3, 4);
  expect(threefry2x32(0xffffffff, 0xfffffffe, 0xfffffffd, 4)).toEqual(signed);
  expect(Array.from(Int32Array.from(signed))).toEqual(signed);
});
