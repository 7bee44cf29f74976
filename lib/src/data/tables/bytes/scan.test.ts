import { describe, expect, it } from "vitest";
import { type CutRecord, type Dialect, RecordScanner } from "./scan.ts";

const COMMAS: Dialect = { delimiter: 44, quote: 34 };
const utf8 = new TextEncoder();

/** Records as [line, ...fields], with the bytes cut into pieces of a size. */
function records(text: string, size = text.length, dialect = COMMAS): (string | number)[][] {
  const found: (string | number)[][] = [];
  const take = ({ bytes, starts, ends, count, line }: CutRecord) => {
    const cell = (_: unknown, i: number) =>
      new TextDecoder().decode(bytes.subarray(starts[i], ends[i]));
    found.push([line, ...Array.from({ length: count }, cell)]);
  };
  const scanner = new RecordScanner("t", dialect, take);
  const bytes = utf8.encode(text);
  // One buffer for all pieces, as streams have it: it is neither changed nor held.
  const buffer = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    buffer.set(piece);
    scanner.push(buffer.subarray(0, piece.length));
    expect(buffer.subarray(0, piece.length)).toEqual(piece);
    buffer.fill(33);
  }
  scanner.end();
  return found;
}

const CASES: readonly (readonly [text: string, found: (string | number)[][]])[] = [
  [
    "a,b\nc,d\n",
    [
      [1, "a", "b"],
      [2, "c", "d"],
    ],
  ],
  [
    "a,b\r\nc,d",
    [
      [1, "a", "b"],
      [2, "c", "d"],
    ],
  ],
  [
    "a,b\rc,d\r",
    [
      [1, "a", "b"],
      [2, "c", "d"],
    ],
  ],
  ["\n\r\n a ,\tb\t,\n\n", [[3, "a", "b", ""]]],
  [",\n", [[1, "", ""]]],
  ["a,", [[1, "a", ""]]],
  [
    '"a,b","c\r\nd"\n"e""f"," g "\n',
    [
      [1, "a,b", "c\r\nd"],
      [3, 'e"f', " g "],
    ],
  ],
  [
    '"",""""\n  "x"  ,y\n',
    [
      [1, "", '"'],
      [2, "x", "y"],
    ],
  ],
  ['a"b,c""d\n', [[1, 'a"b', 'c""d']]],
  [
    '"a""","""b"""""\n"c""d""e",f',
    [
      [1, 'a"', '"b""'],
      [2, 'c"d"e', "f"],
    ],
  ],
  ["a\u000bb,\u00e9\u4e2d\n", [[1, "a\u000bb", "\u00e9\u4e2d"]]],
];

describe.each([1, 2, 3, 5, 100])("in pieces of %d bytes", (size) => {
  it.each(CASES)("cuts %j", (text, found) => {
    expect(records(text, size)).toEqual(found);
  });

  it.each([
    ['a\n"b', "t: line 2 opens a quote in field 1 that is never closed"],
    ['a\n\n"b\n\n"c,d', "t: line 5 goes on behind the closing quote of field 1"],
    ['x,"b" c\n', "t: line 1 goes on behind the closing quote of field 2"],
    ["x\ny,z\0\n", "t: line 2 has a zero byte in field 2"],
  ])("refuses %j", (text, message) => {
    expect(() => records(text, size)).toThrow(message);
  });
});

it("reads tabs, other quotes, and none", () => {
  expect(records("a\t'b\tc'\n", 100, { delimiter: 9, quote: 39 })).toEqual([[1, "a", "b\tc"]]);
  expect(records('a,"b\n', 100, { delimiter: 44, quote: -1 })).toEqual([[1, "a", '"b']]);
});

it("refuses rows of too many fields and too many bytes", () => {
  expect(() => records(",".repeat(2 ** 17 + 1))).toThrow(
    "t: line 1 has more than 131,072 fields; expected a table of at most 131,072 columns",
  );
  const long = new Uint8Array(2 ** 24 + 2).fill(120);
  long[long.length - 1] = 10;
  const scanner = new RecordScanner("t", COMMAS, () => {});
  expect(() => scanner.push(long)).toThrow("t: line 1 begins a row of more than 16 MiB");
});
