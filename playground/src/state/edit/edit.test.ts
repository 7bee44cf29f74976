import { describe, expect, it } from "vitest";
import { effectBetween } from "../effect.ts";
import { XOR } from "../presets.ts";
import type { DataSource, Settings } from "../settings.ts";
import {
  classesOf,
  conflictsOf,
  LOSSES,
  OPTIMIZERS,
  PRESET_GROUPS,
  rateOf,
  SCHEDULES,
  stackOf,
  taskOf,
  withData,
  withDropout,
  withInitializer,
  withLayer,
  withLayerAdded,
  withLayerRemoved,
  withLoss,
  withOptimizer,
  withOutput,
  withOutputs,
  withRate,
  withRegularizer,
  withSchedule,
} from "./index.ts";

const sizes = ({ run }: Settings) => {
  const { input, hidden, output } = stackOf(run)!;
  return [
    (input["shape"] as number[])[0],
    ...hidden.map(({ dense }) => dense["units"]),
    output["units"],
  ];
};
const change = (
  edit: (run: Settings["run"]) => Settings["run"],
  from: Settings = XOR,
): Settings => ({
  ...from,
  run: edit(from.run),
});

describe("layers", () => {
  it("are added like the last, up to eight, and removed", () => {
    let run = withLayer(XOR.run, 0, { units: 5, activation: "relu" });
    for (let i = 0; i < 10; i++) run = withLayerAdded(run);
    expect(sizes({ ...XOR, run })).toEqual([2, 5, 5, 5, 5, 5, 5, 5, 5, 1]);
    expect(stackOf(run)!.hidden.every(({ dense }) => dense["activation"] === "relu")).toBe(true);
    for (let i = 0; i < 8; i++) run = withLayerRemoved(run, 0);
    expect(sizes({ ...XOR, run })).toEqual([2, 1]);
    expect(sizes({ ...XOR, run: withLayerAdded(run) })).toEqual([2, 2, 1]);
  });
  it("take dropout behind them, which keeps the weights", () => {
    const some = change((run) => withDropout(run, 0, 0.3));
    expect("layers" in some.run.model && some.run.model.layers.map(({ kind }) => kind)).toEqual([
      "input",
      "dense",
      "dropout",
      "dense",
    ]);
    expect(stackOf(some.run)!.hidden[0]!.dropout).toBe(0.3);
    expect(effectBetween(XOR, some)).toBe("keepsWeights");
    expect(
      effectBetween(
        some,
        change((run) => withDropout(run, 0, 0.5)),
      ),
    ).toBe("keepsWeights");
    expect(change((run) => withDropout(run, 0, 0), some)).toEqual(XOR);
    expect(effectBetween(XOR, change(withLayerAdded))).toBe("restarts");
  });
  it("that the controls do not know are left alone", () => {
    const model = { layers: [{ kind: "input", shape: [2] }, { kind: "flatten" }] };
    const run = { ...XOR.run, model };
    expect(stackOf(run)).toBeNull();
    expect(withLayerAdded(run)).toBe(run);
    expect(withLoss({ ...XOR, run }, "huber").run.model).toBe(model);
  });
});

describe("examples", () => {
  const three: DataSource = { kind: "points", classes: 3, names: ["a", "b"], points: [] };
  it("bring outputs, loss and metrics that can learn them", () => {
    const many = withData(XOR, { data: { source: three } });
    expect(classesOf(many)).toBe(3);
    expect(sizes(many)).toEqual([2, 2, 3]);
    expect(many.run.loss).toBe("sparseCategoricalCrossentropy");
    expect(stackOf(many.run)!.output["activation"]).toBe("softmax");
    expect(many.data.features).toEqual(["a", "b"]);
    const values = withData(many, { data: { source: { ...three, classes: null } } });
    expect(sizes(values)).toEqual([2, 2, 1]);
    expect([values.run.loss, values.run.metrics]).toEqual([
      "meanSquaredError",
      ["r2", "rootMeanSquaredError"],
    ]);
    expect(withData(values, { data: { source: { kind: "named" } } }).run.loss).toBe(
      "meanSquaredError",
    );
  });
  it("keep features of inputs that they still have", () => {
    const features = ["x1", "sin(x2)", "2*pi*x1"];
    const kept = withData(XOR, { data: { features }, run: { name: "circles", samples: 100 } });
    expect(kept.data.features).toEqual(features);
    expect(sizes(kept)).toEqual([3, 2, 1]);
  });
  it("of two classes have one output or two", () => {
    const both = withOutputs(XOR, 2);
    expect(taskOf(both)).toBe("many");
    expect(both.run.loss).toBe("sparseCategoricalCrossentropy");
    expect(withOutputs(both, 1)).toEqual(XOR);
  });
});

it("a loss brings an output activation that it can take", () => {
  const hinge = withLoss(XOR, "hinge");
  expect(stackOf(hinge.run)!.output["activation"]).toBe("linear");
  const squared = withLoss(XOR, "meanSquaredError");
  expect(stackOf(squared.run)!.output["activation"]).toBe("sigmoid");
  expect(withLoss(squared, "binaryCrossentropy")).toEqual(XOR);
});

it("an optimizer brings a rate of its own, its options stay while it does", () => {
  const momentum = withOptimizer(XOR.run, "sgd", { momentum: 0.9 });
  expect(momentum.optimizer).toEqual({ name: "sgd", learningRate: 0.5, momentum: 0.9 });
  expect(rateOf(withRate(momentum, 0.2))).toBe(0.2);
  expect(withOptimizer(momentum, "adam").optimizer).toEqual({
    name: "adam",
    ...OPTIMIZERS["adam"],
  });
  const cosine = withSchedule(XOR.run, "cosine", { epochs: 50 });
  expect(cosine.schedule).toEqual({ name: "cosine", final: 0, epochs: 50 });
  expect(withSchedule(cosine, "constant")).toEqual(XOR.run);
  expect(withRegularizer(withRegularizer(XOR.run, { lambda: 1 }), null)).toEqual(XOR.run);
});

describe("conflicts", () => {
  const codes = (settings: Settings, examples: number | null = 10) =>
    conflictsOf(settings, examples).map(({ code }) => code);
  it.each<[string, Settings, readonly string[]]>([
    ["nothing", XOR, []],
    [
      "layers of no bend",
      change((run) => withLayer(run, 0, { activation: "linear" })),
      ["linearCollapse"],
    ],
    ["a step", change((run) => withLayer(run, 0, { activation: "step" })), ["stepNoSlope"]],
    ["equal weights", change((run) => withInitializer(run, "ones")), ["sameWeights"]],
    [
      "zeros under relu",
      change((run) => withInitializer(withLayer(run, 0, { activation: "relu" }), "zeros")),
      ["deadStart"],
    ],
    ["a slow loss", withLoss(XOR, "quadratic"), ["slowSigmoid"]],
    [
      "a bounded value",
      {
        ...PRESET_GROUPS.playground.plane,
        run: withOutput(PRESET_GROUPS.playground.plane.run, { activation: "tanh" }),
      },
      ["outputRange"],
    ],
    ["a huge rate", change((run) => withRate(withOptimizer(run, "adam"), 1)), ["rateLarge"]],
    ["a huge penalty", change((run) => withRegularizer(run, { lambda: 3 })), ["penaltyOvershoots"]],
    [
      "two penalties",
      change((run) => withRegularizer(withOptimizer(run, "adamW"), {})),
      ["twoPenalties"],
    ],
  ])("are found: %s", (_, settings, expected) => {
    expect(codes(settings)).toEqual(expected);
  });
  it("of the minibatch are told once the examples are known", () => {
    expect(codes(XOR, 3)).toEqual(["batchTooLarge"]);
    expect(codes(XOR, null)).toEqual([]);
  });
});

it("has names of all losses, optimizers and schedules that are chosen among", () => {
  expect(Object.keys(LOSSES.values)).toContain("huber");
  expect(Object.keys(SCHEDULES)[0]).toBe("constant");
});
