/** On a Chinese page no refusal is left in English: the words for each are met by what the library really says. */
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { sentenceOf, wordProblem } from "../../app/word-problem.ts";
import { makeLink, openLink } from "../../codec/index.ts";
import type { Problem } from "../../protocol/index.ts";
import { type Settings, XOR } from "../../state/index.ts";
import { inChinese } from "../../text/refusals/index.ts";
import { controls } from "../../text/zh/controls.ts";
import { problems as words } from "../../text/zh/problems.ts";
import { choiceFor, importOf, tableOf } from "../../widgets/data-editor/csv.ts";
import { branch } from "../jobs/program/branch.ts";
import { ARGUMENTS } from "./arguments.testing.ts";
import { FILES } from "./files.testing.ts";
import { NETWORKS } from "./networks.testing.ts";
import { PROGRAMS } from "./programs.testing.ts";
import {
  problemsOfChange,
  problemsOfDocument,
  problemsOfFile,
  problemsOfFormula,
  problemsOfRun,
} from "./provoke.testing.ts";
import { TRAINING } from "./training.testing.ts";

/** The rows that have been met so far. */
const met = new Set<string>();

/** Notices to programmers, which no page shows. */
vi.spyOn(console, "warn").mockImplementation(() => {});

/** Words beside each other that are no names: those stand in quotes, or in lists with commas. */
const ENGLISH = /[A-Za-z]{2,} [a-z]{2,}/;

const withoutNames = (text: string) =>
  text.replaceAll(/“[^”]*”|"(?:[^"\\]|\\.)*(?:"|…|$)/g, "“”").replaceAll(/\(x\) => \S+/g, "");

/** A problem in Chinese; what of it is left in English fails. */
function expectChinese(problem: Problem, because: unknown): void {
  const why = JSON.stringify(because).slice(0, 400);
  const sentence = sentenceOf(problem);
  const said = sentence === null ? "" : inChinese(sentence);
  expect(said, `no words for ${sentence}: ${why}`).not.toBeNull();
  for (const row of sentence === null ? [] : inChinese.rowsOf(sentence)) met.add(row);
  const text = wordProblem(problem, words, () => said!);
  expect(withoutNames(text), `left in English of ${sentence}: ${why}`).not.toMatch(ENGLISH);
  expect(text).toMatch(/\p{Script=Han}/u);
}

const points = (y: readonly number[], classes: number | null) => ({
  kind: "points",
  classes,
  names: ["x1", "x2"],
  points: y.map((value, i) => ({ x: [i, 1], y: value })),
});
const own = (y: readonly number[], classes: number | null, change: object) => ({
  run: { ...XOR.run, ...change },
  data: { ...XOR.data, testShare: 0, source: points(y, classes) },
});
const two = {
  model: {
    layers: [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 2, activation: "softmax" },
    ],
  },
};
const linear = {
  model: {
    layers: [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 1 },
    ],
  },
};

const DOCUMENTS: readonly unknown[] = [
  3,
  { run: 3 },
  { version: 1 },
  { run: XOR.run, data: { features: ["x1", "x1 +"] } },
  { run: XOR.run, data: { features: ["x1", "1/x2"] } },
  { run: XOR.run, data: { features: ["x1", "q"] } },
  own([0, 7, 1], 2, {}),
  own([0, 7, 1], 2, { ...two, loss: "categoricalCrossentropy", metrics: [] }),
  own([0, 1, 2, 3], null, { metrics: [] }),
  own([-1, 0, 1], null, { ...linear, loss: "hinge", metrics: [] }),
  own([0, 1, 2, 3], null, { ...linear, loss: "quadratic" }),
];

const FORMULAS = [
  ...["", " ", "x1 +", "x1 x2", "siin(x1)", "sin", "atan2(x1)", "(x1", "x1)", "a = b = 1", "1e999"],
  ...["x1 $ 2", "[x1]", "y = z; z = 1", "y = x1; y = 2", "sin = 2", "x1 # x2", "2; 3", "7"],
  `${"(".repeat(300)}x1${")".repeat(300)}`,
];

it.each([
  ["arguments", ARGUMENTS, problemsOfChange],
  ["networks", NETWORKS, problemsOfChange],
  ["training", TRAINING, problemsOfChange],
  ["programs", PROGRAMS, problemsOfChange],
  ["documents", DOCUMENTS, problemsOfDocument],
  ["files", FILES, problemsOfFile],
  ["formulas", FORMULAS, problemsOfFormula],
] as const)(
  "words what is wrong with %s, and each of them is refused",
  async (_, all, problemsOf) => {
    const taken: unknown[] = [];
    for (const one of all) {
      const problems = await problemsOf(one as never);
      if (problems.length === 0) taken.push(one);
      for (const problem of problems) expectChinese(problem, one);
    }
    expect(taken).toEqual([]);
  },
);

it("words why the compiler refuses an if", () => {
  const { refused } = branch({ x: 2 }, null) as { refused: string };
  expectChinese({ code: "refused", data: { detail: refused } }, refused);
});

it("has no words that nothing is worded by", () => {
  expect(inChinese.rows.filter((row) => !met.has(row))).toEqual([]);
});

const FULL = {
  run: {
    ...XOR.run,
    regularizer: { kind: "l2", lambda: 0.1, convention: "nndl" },
    schedule: { name: "cosine", epochs: 3 },
    optimizer: { name: "sgd", momentum: 0.5 },
    clip: { norm: 1 },
    averageWeights: { kind: "ema", decay: 0.9 },
    training: { epochs: 1, batchSize: 4, validationSplit: 0, classWeights: "balanced" },
  },
  data: { ...XOR.data, source: points([0, 1, 1, 0], 2) },
};
const VALUES: readonly unknown[] = [
  ...[0, -1, 0.5, 3, 1e300, "", "nope", "relu", "a: b or c", true, null, undefined],
  ...[[], [0], [1, 2], [[1, 2]], ["a or b"], {}, { name: "nope" }, { kind: "dense", units: 2 }],
];

/** Places of a document, outer ones too. */
function placesIn(value: unknown): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [name],
    ...placesIn(inner).map((place) => [name, ...place]),
  ]);
}

/** The document with another value at a place, which may be gone. */
function put(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
  if (name === undefined) return other;
  if (typeof value !== "object" || value === null) return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[name] = put(copy[name], rest, other);
  return copy;
}

const place = fc.constantFrom(...placesIn(FULL));
const documents = fc
  .array(fc.tuple(place, fc.constantFrom(...VALUES)), { minLength: 1, maxLength: 2 })
  .map((changes) => changes.reduce<unknown>((all, [at, value]) => put(all, at, value), FULL));

it("leaves no English in what is wrong with generated documents and links", async () => {
  const check = async (document: unknown) => {
    for (const problem of await problemsOfDocument(document)) expectChinese(problem, document);
    const settings = (document ?? XOR) as Settings;
    const { opened, problems } = await openLink(await makeLink({ settings }));
    const all = [...problems, ...(opened ? await problemsOfRun(opened.settings) : [])];
    for (const problem of all) expectChinese(problem, document);
  };
  await fc.assert(fc.asyncProperty(documents, check), { numRuns: 20 });
});

it("leaves no English in what is wrong with generated addresses and files", async () => {
  const letters = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_%"), maxLength: 40 });
  const check = async (link: string, bytes: Uint8Array, cut: number) => {
    const { problems } = await openLink(link);
    const whole = FILES[cut % FILES.length]!;
    const damaged = Uint8Array.from(whole, (byte, i) => (i === cut % whole.length ? 33 : byte));
    const told = [problems];
    for (const file of [Uint8Array.from(bytes), damaged, whole.slice(0, cut)]) {
      told.push(await problemsOfFile(file));
    }
    for (const problem of told.flat()) expectChinese(problem, [link, [...bytes], cut]);
  };
  const cut = fc.nat({ max: 3000 });
  await fc.assert(fc.asyncProperty(letters, fc.uint8Array({ maxLength: 40 }), cut, check), {
    numRuns: 300,
  });
});

it("has words for whatever is wrong with generated tables", () => {
  const cell = fc.constantFrom("x1", "label", "1", "-2.5", "nan", "a b", '"q', "", " ");
  const line = fc
    .array(cell, { maxLength: 4 })
    .chain((cells) => fc.constantFrom(...",;\t").map((sign) => cells.join(sign)));
  const check = (lines: readonly string[]) => {
    const table = tableOf(lines.join("\n"));
    const made = table && importOf(table, choiceFor(table));
    if (typeof made !== "string") return;
    expect(withoutNames(controls.csv.faults[made])).toMatch(/\p{Script=Han}/u);
  };
  fc.assert(fc.property(fc.array(line, { maxLength: 6 }), check), { numRuns: 300 });
});

it("leaves no English in what is wrong with generated formulas", async () => {
  const token = fc.constantFrom(
    ..."x1|x2|q|+|-|*|/|^|(|)|[|=|,|;|sin|cosh|log|siin|2|1e999|π|#| ".split("|"),
  );
  const texts = fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join(""));
  const check = async (text: string) => {
    for (const problem of await problemsOfFormula(text)) expectChinese(problem, text);
  };
  await fc.assert(fc.asyncProperty(texts, check), { numRuns: 300 });
});
