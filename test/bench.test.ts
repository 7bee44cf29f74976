/** The benchmark's own parts: which flags it sets, which rows it has, and what its history calls slower. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** The benchmark is plain JavaScript, and a package of its own. */
// biome-ignore lint/suspicious/noExplicitAny: it has no types
async function load(file: string): Promise<Record<string, any>> {
  return await import(new URL(`../bench/src/${file}`, import.meta.url).href);
}

const { chooseFlags } = await load("node.mjs");
const { vectorsOf } = await load("processor.mjs");
const { competes, selectPeers } = await load("peers.mjs");
const { changeOf, entryOf, readHistory, remember, seriesOf } = await load("history.mjs");
const { renderHistory, renderLastRun } = await load("history-report.mjs");

const OLD = "  --liftoff (x)\n  --wasm-lazy-compilation (x)\n";
const NEWER = `${OLD}  --wasm-deopt (x)\n  --experimental-wasm-revectorize (x)\n`;

describe("V8's flags", () => {
  it.each([
    ["11.3.244 x64", `${OLD}  --experimental-wasm-relaxed-simd (x)\n`, ["relaxed-simd"]],
    ["12.4.254 x64", NEWER, ["wasm-deopt"]],
    ["13.6.233 x64", NEWER, ["wasm-deopt", "experimental-wasm-revectorize"]],
    ["14.6.202 arm64", NEWER, ["wasm-deopt"]],
    ["15.6.80 x64", `${OLD}  --wasm-revectorize (x)\n`, ["--wasm-revectorize"]],
  ])("of V8 %s", (about, options, last) => {
    const flags: string[] = chooseFlags(options, about, true);
    expect(flags.slice(0, 2)).toEqual(["--no-liftoff", "--no-wasm-lazy-compilation"]);
    expect(flags.slice(2)).toHaveLength(last.length);
    last.forEach((name, i) => expect(flags[2 + i]).toMatch(new RegExp(`${name}$`)));
    expect(chooseFlags(options, about, false).join()).not.toContain("revectorize");
  });
});

it.each([
  ["flags : fpu sse2 avx avx2 avx512f avx512bw", "512-bit vectors (AVX-512)"],
  ["flags : fpu sse2 avx avx2 bmi2", "256-bit vectors (AVX2)"],
  ["flags : fpu sse2 ssse3", "128-bit vectors (SSE)"],
  ["", "vectors of unknown width"],
])("says how wide vectors are: %s", (features, vectors) => {
  expect(vectorsOf(features)).toBe(vectors);
});

describe("rows", () => {
  const names = (nodes: string[], ...peers: string[]) =>
    selectPeers(peers, { nodes, wide: true }).map(({ name }: { name: string }) => name);

  it("are one for each version of Node, where it matters and there are several", () => {
    expect(names(["20", "24"], "neurite", "playground")).toEqual([
      "neurite@20",
      "neurite@24",
      "playground",
    ]);
    expect(names(["24"], "neurite", "micro-kernel")).toEqual(["neurite", "micro-kernel"]);
    expect(names([], "neurite")).toEqual(["neurite"]);
    expect(() => names([], "neurit")).toThrow('Received "neurit"');
  });
  it("of a version that is not there are absent, with the reason", () => {
    const [peer] = selectPeers(["neurite"], { nodes: ["99"], wide: true });
    expect(peer.absent).toMatch(/no Node 99|npm run build/);
    const [odd] = selectPeers(["jax-js"], { nodes: ["../24"], wide: true });
    expect(odd.name).toBe("jax-js");
  });
  it("of bounds stand beside products only", () => {
    expect(competes({ name: "micro-kernel-256@24" }, { id: "W7-64", kind: "matmul" })).toBe(true);
    expect(competes({ name: "micro-kernel-256@24" }, { id: "W1", kind: "dense" })).toBe(false);
  });
});

/** A report of W1: microseconds of each row. */
function report(rows: Record<string, number>, { cores = 1, day = 1, wide = true } = {}) {
  const results = Object.entries(rows).map(([name, median]) => {
    const own = name.startsWith("neurite");
    const notes = own ? ["256-bit vectors"] : [];
    const versions = own ? { node: `${name.split("@")[1] ?? "24"}.1.0` } : {};
    return [name, { microseconds: { median }, cores, notes, versions }];
  });
  const gone = { absent: "not installed", versions: {} };
  return {
    date: `2026-11-0${day}T10:00:00.000Z`,
    processor: { name: "A processor", vectors: "256-bit vectors (AVX2)" },
    threads: 1,
    rounds: 2,
    wide,
    versions: {},
    workloads: [
      { workload: { id: "W1" }, results: { ...Object.fromEntries(results), tensorflow: gone } },
    ],
  };
}

describe("the history", () => {
  const change = (...reports: ReturnType<typeof report>[]) => {
    const [states] = seriesOf(reports.map((each, i) => entryOf(each, `c${i}`)));
    return changeOf(states);
  };

  it("keeps times and ratios, those of peers on the same Node", () => {
    const rows = { "neurite@20": 20, "neurite@24": 10, "micro-kernel@24": 5, pytorch: 100 };
    expect(entryOf(report(rows), "abc").workloads).toEqual({
      W1: {
        "neurite@20": { us: 20, vectors: "256-bit vectors", ratios: { pytorch: 5 } },
        "neurite@24": {
          us: 10,
          vectors: "256-bit vectors",
          ratios: { "micro-kernel": 0.5, pytorch: 10 },
        },
      },
    });
    const narrow = entryOf(report({ neurite: 10 }, { wide: false, cores: 0.5 }), "abc");
    expect(Object.keys(narrow.workloads["W1"])).toEqual(["neurite@24 --no-wide"]);
    expect(narrow.workloads["W1"]["neurite@24 --no-wide"].busy).toBe(true);
  });
  it("calls slower what is so beside its peers, not what a slow day of the machine makes so", () => {
    const before = report({ neurite: 10, pytorch: 100, jax: 20 });
    const slowDay = report({ neurite: 20, pytorch: 200, jax: 40 });
    expect(change(before, slowDay)).toEqual({ factor: 1, slower: false });
    const slower = change(before, report({ neurite: 12, pytorch: 100, jax: 20 }));
    expect(slower.factor).toBeCloseTo(1.2, 3);
    expect(slower.slower).toBe(true);
    expect(change(before, report({ neurite: 8, pytorch: 100 })).slower).toBe(false);
  });
  it("goes by the clock where no peer ran, and says nothing of a busy machine or a first run", () => {
    expect(change(report({ neurite: 10 }), report({ neurite: 12 })).slower).toBe(false);
    expect(change(report({ neurite: 10 }), report({ neurite: 13 })).slower).toBe(true);
    expect(change(report({ neurite: 10 }))).toBeNull();
    expect(change(report({ neurite: 10 }), report({ neurite: 13 }, { cores: 0.4 }))).toBeNull();
    expect(change(report({ neurite: 10 }, { cores: 0.4 }), report({ neurite: 13 }))).toBeNull();
  });
  it("is written a line a run, and printed", () => {
    const folder = mkdtempSync(join(tmpdir(), "neurite-history-"));
    const path = join(folder, "history.jsonl");
    try {
      expect(renderHistory(readHistory(path))).toMatch(/No run is remembered yet/);
      remember(report({ neurite: 10, pytorch: 100 }, { day: 1 }), path);
      remember(report({ neurite: 15, pytorch: 100 }, { day: 2 }), path);
      const text: string = renderHistory(readHistory(path));
      expect(text).toMatch(/^W1 {2}neurite@24 on A processor, 256-bit vectors \(AVX2\)$/m);
      expect(text).toMatch(/^ {2}2026-11-02 10:00 .* 15.0 us +6.667 +256-bit vectors; SLOWER/m);
      expect(text).toMatch(/Slower than before:\n {2}W1 {2}neurite@24: SLOWER: \+50 % time$/);
      expect(renderLastRun(readHistory(path))).toMatch(/W1 {2}neurite@24: SLOWER: \+50 % time$/);
      remember(report({ "neurite@20": 10 }, { day: 3 }), path);
      expect(renderLastRun(readHistory(path))).toMatch(/No two states can be compared\.$/);
      writeFileSync(path, "{}\nnonsense\n");
      expect(() => readHistory(path)).toThrow("line 2 is no JSON");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
