import { describe, expect, it } from "vitest";
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

describe("what a browser keeps of the shelf", () => {
  const storeOf = (room: number) => {
    let kept: string | null = null;
    return {
      read: () => kept,
      write: (text: string) => {
        if (text.length > room) return false;
        kept = text;
        return true;
      },
    };
  };
  const map = { cells: 2, values: Float32Array.of(0, 0.5, -1, 2) };

  it("is the runs, to the bit, with their names", () => {
    const store = storeOf(1e6);
    const shelf = new Shelf(store);
    shelf.keep({ ...run(3), map }, (number) => `Run ${number}`);
    shelf.keep(run(500), (number) => `Run ${number}`);
    shelf.rename(1, "mine");
    const again = new Shelf(store);
    expect(again.runs.value).toEqual(shelf.runs.value);
    expect(again.keep(run(1), (number) => `Run ${number}`).name).toBe("Run 3");
    again.remove(1);
    expect(new Shelf(store).runs.value.map(({ name }) => name)).toEqual(["Run 2", "Run 3"]);
  });

  it("is the last runs where there is no room for all", () => {
    const one = storeOf(1e6);
    new Shelf(one).keep(run(50), String);
    const store = storeOf(2.5 * one.read()!.length);
    const shelf = new Shelf(store);
    for (let i = 0; i < 4; i++) shelf.keep(run(50), String);
    expect(shelf.runs.value).toHaveLength(4);
    expect(new Shelf(store).runs.value.map(({ name }) => name)).toEqual(["3", "4"]);
  });

  it.each(["", "{", "[]", '{"v":2,"runs":[]}', '{"v":1,"runs":[{"id":1,"name":"a"}, null, 3]}'])(
    "is nothing where it means nothing: %s",
    (text) => {
      const shelf = new Shelf({ read: () => text, write: () => true });
      expect(shelf.runs.value).toEqual([]);
    },
  );
});
