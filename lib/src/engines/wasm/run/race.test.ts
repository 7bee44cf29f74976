// Which of several functions a program runs by, once it has run often.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { createWasmEngine } from "../index.ts";
import { WasmProgram } from "./program.ts";
import { Race } from "./race.ts";

test("the quickest wins by its best turn, and each run is done once", () => {
  let now = 0;
  const done = [0, 0, 0];
  const takes = [3, 2, 5];
  const entrants = takes.map((ms, i) => (times: number) => {
    done[i]! += times;
    // A pause of the system's own, now and then, decides nothing.
    now += (ms * times) / 10 + (done[i]! % 70 === 0 ? 50 : 0);
  });
  const race = new Race(entrants, () => now);
  let turns = 0;
  let winner = null;
  while (!winner && turns < 1000) {
    winner = race.run(10);
    turns += 1;
  }
  expect(winner).toBe(entrants[1]);
  expect(done.reduce((a, b) => a + b)).toBe(10 * turns);
  expect(Math.max(...done) - Math.min(...done)).toBe(0);
});

test("turns that are too short to be timed are put together", () => {
  let now = 0;
  const entrants = [1, 2].map((ms) => () => {
    now += ms / 100;
  });
  const race = new Race(entrants, () => now);
  for (let i = 0; i < 40; i++) expect(race.run(1)).toBeNull();
  expect(now).toBeCloseTo(0.4);
});

test("a small program runs another way when it has run often, to the same numbers", async () => {
  const o = graphBuilder();
  const type = { dtype: "float32", shape: [3] } as const;
  const start = Float32Array.of(0.5, -1, 2);
  const make = () => {
    const engine = createWasmEngine({ threads: 1 });
    const held = engine.storage(type, start);
    const x = new Value(type);
    const graph = makeGraph([x], [o.tanh(o.add(x, x))]);
    const program = engine.compile(graph, { reads: [held], writes: [held] });
    if (!(program instanceof WasmProgram)) throw new Error("expected a program in Wasm");
    return { held, program };
  };
  const [one, other] = [make(), make()];
  one.program.run([], 1999);
  expect(one.program.race).toBeNull();
  one.program.run([], 1);
  await expect.poll(() => one.program.race, { timeout: 30_000 }).not.toBeNull();
  for (let i = 0; one.program.race && i < 1e5; i++) {
    one.program.run([], 500);
    other.program.run([], 1); // both have come to rest, or to the same two numbers by turns
  }
  expect(one.program.race).toBeNull();
  other.program.run([], 2000);
  one.program.run([], 2);
  expect(one.held.read()).toEqual(other.held.read());
}, 60_000);
