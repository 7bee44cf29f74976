import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QUADRANTS, type Settings, VIEW, XOR } from "../state/index.ts";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { deflate } from "./deflate.ts";
import { applyDifference, differenceOf, type Json } from "./difference.ts";
import { MOST_LETTERS, makeLink, openLink } from "./link.ts";

const linkOf = async (document: unknown) =>
  toBase64Url(await deflate(new TextEncoder().encode(JSON.stringify(document))));

describe("base64url", () => {
  it("gives every byte back, as Node's own", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect([...fromBase64Url(text)!]).toEqual([...bytes]);
      }),
    );
  });
  it.each(["a", "ab=c", "a b", "ä"])("has no bytes for %s", (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });
});

describe("differences", () => {
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  it("lead from any document to any other", () => {
    const clean = (value: Json) => JSON.parse(JSON.stringify(value).replaceAll(":null", ":0"));
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [from, to] = [clean(a), clean(b)];
        if (JSON.stringify(to).includes("__proto__")) return;
        expect(applyDifference(from, differenceOf(from, to))).toEqual(to);
      }),
    );
  });
  it("name the fields that differ alone", () => {
    expect(differenceOf({ a: { b: 1, c: [1, 2] } }, { a: { b: 2, c: [1, 3] } })).toEqual({
      "a.b": 2,
      "a.c.1": 3,
    });
  });
  it("change no prototype", () => {
    const made = applyDifference({}, { "__proto__.polluted": 1, "constructor.polluted": 1 });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(made).toEqual({});
  });
});

const POINTS: Settings = {
  run: { ...QUADRANTS.run, seed: 12 },
  data: {
    source: {
      kind: "points",
      classes: 2,
      names: ["x1", "x2"],
      points: [
        { x: [0.5, -1], y: 0 },
        { x: [2, 3], y: 1 },
      ],
    },
    features: ["x1", "sin(x2)"],
    testShare: 0.25,
  },
};

describe("links", () => {
  it.each([
    ["a preset", XOR],
    ["another", QUADRANTS],
    ["points of one's own", POINTS],
  ])("bring %s back", async (_, settings) => {
    const { opened, problems } = await openLink(await makeLink({ settings }));
    expect(problems).toEqual([]);
    expect(opened!.settings).toEqual(settings);
    expect(opened!.view).toEqual(VIEW);
  });

  it("are short", async () => {
    expect((await makeLink({ settings: XOR })).length).toBeLessThan(40);
    const other = { ...XOR, run: { ...XOR.run, seed: 7, loss: "meanSquaredError" } };
    expect((await makeLink({ settings: other })).length).toBeLessThan(120);
  });

  it("bring view, teacher and weights to the bit", async () => {
    const weights = { "dense1/w": Float32Array.of(0.1, -2.5e-8, 3, 1 / 3) };
    const view = { ...VIEW, unit: "dense1/0", own: { tab: "race" } };
    const teacher = { hide: ["seed"], lockSeed: true, goal: null };
    const { opened, problems } = await openLink(
      await makeLink({ settings: XOR, view, teacher, weights }),
    );
    expect(problems).toEqual([]);
    expect(opened).toEqual({ settings: XOR, view, teacher, weights });
  });

  it.each([
    ["too long", "a".repeat(MOST_LETTERS + 1), "size"],
    ["no letters of a link", "a b", "encoding"],
    ["nothing deflated", "AAAAAAAA", "encoding"],
  ])("that are %s are refused", async (_, text, reason) => {
    expect(await openLink(text)).toEqual({
      opened: null,
      problems: [{ code: "linkBroken", data: { reason } }],
    });
  });

  it("that would fill the memory are refused before they do", async () => {
    const bomb = toBase64Url(await deflate(new Uint8Array(30_000_000)));
    expect(bomb.length).toBeLessThan(MOST_LETTERS);
    expect((await openLink(bomb)).problems).toEqual([
      { code: "linkBroken", data: { reason: "size" } },
    ]);
  });

  it.each([
    [[], "document"],
    ["text", "document"],
    [{ v: 2 }, "version"],
    [{ p: "xor" }, "document"],
  ])("that hold %o are refused", async (document, reason) => {
    expect((await openLink(await linkOf(document))).problems).toEqual([
      { code: "linkBroken", data: { reason } },
    ]);
  });

  it("say which field means nothing, and what is used instead", async () => {
    const link = await linkOf({
      v: 1,
      p: "quadrants",
      d: { "run.training.batchSize": -3, "run.seed": "two", "data.testShare": 2, "run.bogus": 1 },
      w: { digits: 5 },
    });
    const { opened, problems } = await openLink(link);
    expect(problems.map(({ data }) => data)).toEqual([
      { path: "run.bogus", found: "1", used: "" },
      { path: "run.training.batchSize", found: "-3", used: "10" },
      { path: "run.seed", found: '"two"', used: "2" },
      { path: "data.testShare", found: "2", used: "0.5" },
      { path: "view.digits", found: "5", used: "4" },
    ]);
    expect(opened!.settings).toEqual(QUADRANTS);
  });

  it.each([
    [{ n: [1, 2] }, [["weights", "[1,2]"]]],
    [{ n: { "dense1/w": "a!" } }, [["weights.dense1/w", '"a!"']]],
    [{ t: "mine" }, [["teacher", '"mine"']]],
    [{ t: { hide: ["training", "nope"] } }, [["teacher.hide", '"nope"']]],
  ])("say what is left out of %o", async (more, expected) => {
    const { opened, problems } = await openLink(await linkOf({ v: 1, p: "xor", ...more }));
    expect(problems.map(({ data }) => data)).toEqual(
      expected.map(([path, found]) => ({ path, found, used: "" })),
    );
    expect(opened!.weights).toBeUndefined();
    expect(opened!.teacher?.hide ?? ["training"]).toEqual(["training"]);
  });

  it("keep what holds a field that nothing is known of, and names that every object has", async () => {
    const of = async (change: object) =>
      await openLink(await linkOf({ v: 1, p: "xor", d: change }));
    const loss = await of({ "run.loss": { name: 3 }, "run.seed": 5 });
    const replaced = loss.problems.map(({ data }) => (data as { readonly path: string }).path);
    expect(replaced).toEqual(["run.loss.name", "run.loss"]);
    expect(loss.opened!.settings.run).toEqual({ ...XOR.run, seed: 5 });
    const odd = await of({ "run.toString": {} });
    expect(odd.problems).toHaveLength(1);
    expect(odd.opened!.settings.run).toEqual(XOR.run);
  });

  it("say what of a run is kept, and not followed here", async () => {
    const halving = { monitor: "valLoss", patience: 2 };
    const link = await linkOf({ v: 1, d: { "run.halving": halving } });
    const { opened, problems } = await openLink(link);
    expect(problems).toEqual([{ code: "notFollowed", data: { fields: ["halving"] } }]);
    expect(opened!.settings.run.halving).toMatchObject(halving);
  });

  it("cannot ask for networks or data that stop a page", async () => {
    const layers = [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 1e6 },
    ];
    const link = await linkOf({
      v: 1,
      d: { "run.model.layers": layers, "run.data": { name: "moons", samples: 999_999 } },
    });
    const { opened, problems } = await openLink(link);
    expect(opened!.settings.run.model).toEqual(XOR.run.model);
    expect(opened!.settings.run.data.samples).toBe(5000);
    expect(problems.map(({ code }) => code)).toEqual(["fieldReplaced", "networkTooLarge"]);
    expect(problems[1]!.data).toMatchObject({ found: "2-1000000", used: "2-2-1" });
    for (const much of [
      { kind: "hopfield", patterns: 2, steps: 1e9 },
      { kind: "hopfield", patterns: 1e9 },
      { kind: "reshape", shape: [1, 1e9] },
      { kind: "timeDistributed", layer: { kind: "hopfield", patterns: 2, steps: 1e9 } },
      { kind: "residual", layers: [{ kind: "dense", units: 65 }] },
    ]) {
      const model = [{ kind: "input", shape: [2] }, much, { kind: "dense", units: 1 }];
      const large = await openLink(await linkOf({ v: 1, d: { "run.model.layers": model } }));
      expect(large.problems.map(({ code }) => code)).toEqual(["networkTooLarge"]);
    }
  });

  it("give an answer whatever stands in them", async () => {
    const values = fc.jsonValue({ maxDepth: 2 });
    const paths = fc.constantFrom(
      "run",
      "data",
      "run.model",
      "data.source",
      "data.features",
      "run.training.epochs",
      "",
      "a.b",
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(paths, values), values, values, async (d, w, n) => {
        const { opened } = await openLink(await linkOf({ v: 1, p: "xor", d, w, n, t: w }));
        expect(opened!.settings.run.version).toBe(1);
        expect(opened!.settings.data.features.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});
