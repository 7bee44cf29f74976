import { describe, expect, it } from "vitest";
import {
  addLayer,
  connect,
  conv2d,
  dense,
  flatten,
  input,
  inputLayer,
  network,
} from "../../nn/index.ts";
import { functionalModel, sequential } from "../../train/index.ts";
import { diagramOf } from "./diagram.ts";

describe("diagramOf", () => {
  it("draws a chain from its inputs, with weights between units", () => {
    const model = sequential([
      inputLayer([2]),
      dense(3, { activation: "tanh" }),
      dense(1, { bias: false }),
    ]);
    const { layers, connections } = diagramOf(model);
    expect(layers.map(({ name, units, parameters }) => [name, units, parameters])).toEqual([
      ["input1", 2, 0],
      ["dense1", 3, 9],
      ["dense2", 1, 3],
    ]);
    expect(layers.map(({ biases }) => biases?.shape ?? null)).toEqual([null, [3], null]);
    expect(connections.map(({ from, to, weights }) => [from, to, weights?.shape])).toEqual([
      ["input1", "dense1", [2, 3]],
      ["dense1", "dense2", [3, 1]],
    ]);
    const w = model.layer("dense1")["w"]!;
    expect(Array.from(connections[0]!.weights!.data)).toEqual(Array.from(w.data));
  });

  it("names an input that no layer stands for", () => {
    const { layers, connections } = diagramOf(
      sequential([4, 4, 1], conv2d(2, 3), flatten(), dense(2)),
    );
    expect(layers.map(({ name, units }) => [name, units])).toEqual([
      ["input", 16],
      ["conv2d1", 8],
      ["flatten1", 8],
      ["dense1", 2],
    ]);
    expect(connections.map(({ from, to, weights }) => [from, to, weights !== null])).toEqual([
      ["input", "conv2d1", false],
      ["conv2d1", "flatten1", false],
      ["flatten1", "dense1", true],
    ]);
  });

  it("draws branches and several inputs", () => {
    const [a, b] = [input([2]), input([2], { name: "other" })];
    const shared = dense(2, { name: "twin" });
    const sum = connect(addLayer(), connect(shared, a), connect(shared, b));
    const { layers, connections } = diagramOf(functionalModel(network([a, b], [sum])));
    expect(layers.map(({ name, parameters }) => [name, parameters])).toEqual([
      ["input1", 0],
      ["other", 0],
      ["twin", 6],
      ["twin_2", 0],
      ["add1", 0],
    ]);
    expect(connections.map(({ from, to }) => `${from} ${to}`)).toEqual([
      "input1 twin",
      "other twin_2",
      "twin add1",
      "twin_2 add1",
    ]);
  });

  it("refuses what is no model", () => {
    expect(() => diagramOf({} as never)).toThrow("diagramOf: expected model to be a model");
  });
});
