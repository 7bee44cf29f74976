// The official node cases of ONNX, one or two small ones an op; scripts/onnx-cases.mjs runs all of them.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readCases, runCase, writeCases } from "./cases.testing.ts";

const file = readFileSync(new URL("golden/node-cases.bin.gz", import.meta.url));
const { total, cases } = readCases(gunzipSync(file));
const failures = (some: typeof cases, eager: boolean) =>
  some.flatMap((each) => {
    const { kind, why } = runCase(each, eager);
    return kind === "passes" ? [] : [`${each.name} ${kind}: ${why}`];
  });

it("holds cases of most ops", () => {
  expect(new Set(cases.flatMap(({ ops }) => ops)).size).toBeGreaterThan(160);
});

it("compiled, gives what the official cases give", () => {
  const first = new Map(cases.map((each) => [each.ops[0], each]));
  expect(failures([...first.values()], false)).toEqual([]);
});

it("node by node, gives the same", () => {
  expect(failures(cases, true)).toEqual([]);
});

it("writes a part of the cases as they were", () => {
  const some = cases.slice(3, 6);
  const again = readCases(writeCases(total, some)).cases;
  expect(again.map(({ name, bytes }) => [name, bytes])).toEqual(
    some.map(({ name, bytes }) => [name, bytes]),
  );
  expect(again.map((each) => runCase(each, true).kind)).toEqual(["passes", "passes", "passes"]);
});
