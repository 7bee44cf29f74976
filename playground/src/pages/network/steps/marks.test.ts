import { expect, it } from "vitest";
import { withRate, XOR } from "../../../state/index.ts";
import { controls } from "../../../text/en/controls.ts";
import { network } from "../../../text/en/network.ts";
import { wordedMarks } from "./marks.ts";

const row = (step: number, testLoss: number | null) => ({
  step,
  epoch: step,
  trainLoss: 0.5,
  testLoss,
  train: {},
  test: {},
});

it("words what happened on the timeline, with the least test loss where it was passed", () => {
  const run = {
    first: 2,
    furthest: 30,
    history: [row(0, 0.1), row(10, 0.25), row(20, 0.4), row(30, 0.5)].slice(1),
    marks: [
      { kind: "hand", step: 1, name: "dense1/w", index: 0 },
      { kind: "hand", step: 4, name: "dense1/w", index: 0 },
      { kind: "change", step: 12, from: XOR, to: { ...XOR, run: withRate(XOR.run, 0.25) } },
      { kind: "finding", step: 20, id: "dead-relu", layers: ["dense1"] },
      { kind: "fault", step: 31, layer: "dense2" },
    ],
  } as const;
  const marks = wordedMarks(run, null, { network, controls });
  expect(marks.map(({ sign, label, isBad }) => `${sign} ${label}${isBad ? " !" : ""}`)).toEqual([
    "✎ set by hand: dense1/w[0], step 4",
    "★ least test loss 0.2500, step 10",
    "◆ from here Learning rate 0.25, step 12",
    "! Dead ReLUs (dense1), step 20 !",
    "✕ first number that is not finite, in dense2, step 31 !",
  ]);
  const layers = [
    { name: "input1", units: 2, activation: null },
    { name: "dense1", units: 2, activation: "relu" },
    { name: "dense2", units: 1, activation: "sigmoid" },
  ];
  const drawn = wordedMarks(run, { layers, features: ["x1", "x2"] }, { network, controls });
  expect(drawn.slice(-2).map(({ label }) => label)).toEqual([
    "Dead ReLUs (Hidden 1), step 20",
    "first number that is not finite, in Output, step 31",
  ]);
  const falling = {
    ...run,
    marks: [],
    history: [row(2, null), { ...row(30, null), trainLoss: 0.1 }],
  };
  expect(wordedMarks(falling, null, { network, controls })).toEqual([]);
});
