/** The Python programs of every layer are those that scripts/python-code.mjs has run beside the library. */
import { kerasCodeOf, torchCodeOf } from "neurite/code";
import type { RunSpecInput } from "neurite/spec";
import { expect, it } from "vitest";
import { KERAS_LAYERS } from "../lib/src/code/python/keras/layers.ts";
import { TORCH_LAYERS } from "../lib/src/code/python/torch/network.ts";
import { RUNS } from "../scripts/python-runs.mjs";

const BASE = {
  version: 1,
  data: { name: "moons" },
  loss: "meanSquaredError",
  optimizer: "sgd",
  training: { epochs: 1, batchSize: 2 },
} as const;

/** From the line that begins so to the next that begins otherwise. */
function between(text: string, from: string, to: string): string {
  const [start, end] = [text.indexOf(`\n${from}`), text.indexOf(`\n${to}`)];
  expect(start).toBeGreaterThan(0);
  return text.slice(start + 1, end).trimEnd();
}

const kindsIn = (value: unknown): string[] => {
  if (typeof value !== "object" || value === null) return [];
  const { kind } = value as { kind?: unknown };
  return [...(typeof kind === "string" ? [kind] : []), ...Object.values(value).flatMap(kindsIn)];
};

const runsFor = (name: "keras" | "torch") =>
  Object.entries(RUNS).flatMap(([title, { keras = true, torch = true, ...part }]) => {
    const { x: _x, labels: _l, ...more } = part as Record<string, unknown>;
    const isWritten = name === "keras" ? keras : torch;
    return isWritten ? [[title, { ...BASE, ...more } as RunSpecInput] as const] : [];
  });

it.each(runsFor("torch"))("writes the run %s for PyTorch as it was run", (_, run) => {
  expect(between(torchCodeOf(run), "class Network", "def load")).toMatchSnapshot();
});

it.each(runsFor("keras"))("writes the run %s for Keras as it was run", (_, run) => {
  expect(between(kerasCodeOf(run), "def build", "def loss")).toMatchSnapshot();
});

it.each([
  ["keras", KERAS_LAYERS],
  ["torch", TORCH_LAYERS],
] as const)("holds every layer that is written for %s", (name, known) => {
  const run = Object.values(RUNS).filter((part) => part[name] !== false);
  const kinds = new Set(run.flatMap(kindsIn));
  // A network inside a network has a specification of its own.
  const missing = known.filter((kind) => !kinds.has(kind) && kind !== "network");
  expect(missing).toEqual([]);
});
