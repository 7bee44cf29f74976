import { expect, it } from "vitest";
import { XOR } from "../state/index.ts";
import { MOST_KEPT, Shelf } from "./shelf.ts";

const row = (step: number) => ({
  step,
  epoch: step,
  trainLoss: 1 / (step + 1),
  testLoss: null,
  train: {},
  test: {},
});
const run = (steps: number) => ({
  settings: XOR,
  weights: { "dense1/w": Float32Array.of(1) },
  history: Array.from({ length: steps }, (_, i) => row(i)),
  map: null,
  classes: 2,
});

it("keeps runs by number, and as many as there is room for", () => {
  const shelf = new Shelf();
  for (let i = 0; i < MOST_KEPT + 2; i++) shelf.keep(run(2), (number) => `Run ${number}`);
  expect(shelf.runs.value.map(({ name }) => name)).toEqual(
    Array.from({ length: MOST_KEPT }, (_, i) => `Run ${i + 3}`),
  );
  shelf.rename(5, "mine");
  shelf.remove(4);
  expect(shelf.runs.value.slice(0, 3).map(({ name }) => name)).toEqual(["Run 3", "mine", "Run 6"]);
});

it("thins long curves, and keeps where they end", () => {
  const { history } = new Shelf().keep(run(5000), String);
  expect(history).toHaveLength(400);
  expect([history[0], history.at(-1)]).toEqual([row(0), row(4999)]);
});
