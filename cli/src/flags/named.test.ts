import { describe, expect, it } from "vitest";
import { parseClassWeights, parseHalving, parseNamed, parseNames, parseWords } from "./named.ts";

describe("names with options", () => {
  it.each([
    ["cosine", "cosine"],
    ["elu:alpha=0.5", { name: "elu", alpha: 0.5 }],
    ["sgd:momentum=0.9,nesterov=true", { name: "sgd", momentum: 0.9, nesterov: true }],
    [
      "piecewise:boundaries=10/20,factors=0.1/0.01",
      { name: "piecewise", boundaries: [10, 20], factors: [0.1, 0.01] },
    ],
    ["own: word = some/thing ", { name: "own", word: "some/thing" }],
  ])("reads %j", (text, named) => {
    expect(parseNamed(text)).toEqual(named);
  });

  it("tells options of a name from the next name", () => {
    expect(parseNames("relu,elu:alpha=0.5,beta=2,tanh")).toEqual([
      "relu",
      { name: "elu", alpha: 0.5, beta: 2 },
      "tanh",
    ]);
  });

  it.each([
    ["", /Expected a name, or one with options as in "elu:alpha=0.5"; received ""/],
    ["alpha=0.5", /received "alpha=0.5"/],
    ["elu:alpha", /Expected options as in "decay=0.9,rate=0.1"; received "alpha"/],
    ["elu:alpha=", /received "alpha="/],
    ["elu:", /received ""/],
    ["elu:a=1:b=2", /received "elu:a=1:b=2"/],
    ["elu:alpha=1,alpha=2", /The option alpha stands there twice/],
    ["relu,tanh", /received 2 names/],
  ])("refuses %j", (text, message) => {
    expect(() => parseNamed(text)).toThrow(message);
  });
});

describe("other lists", () => {
  it("reads weights of classes whose names may hold anything but a comma", () => {
    expect(parseClassWeights("balanced")).toBe("balanced");
    expect(parseClassWeights("a=b=2, no =0.5")).toEqual({ "a=b": 2, no: 0.5 });
    for (const wrong of ["yes", "yes=", "yes=-1", "yes=many", "=1", "yes=1,"]) {
      expect(() => parseClassWeights(wrong)).toThrow(
        'Expected "balanced", or weights of 0 or more',
      );
    }
  });
  it("reads epochs until the rate falls, and how it falls", () => {
    expect(parseHalving("10")).toEqual({ patience: 10 });
    expect(parseHalving("5:factor=0.1,stopBelow=0.01")).toEqual({
      patience: 5,
      factor: 0.1,
      stopBelow: 0.01,
    });
    expect(() => parseHalving("ten")).toThrow("Expected a whole number of 0 or more");
    expect(() => parseHalving("10:")).toThrow("Expected options");
  });
  it("reads words", () => {
    expect(parseWords("accuracy, f1")).toEqual(["accuracy", "f1"]);
    expect(() => parseWords("accuracy,")).toThrow("Expected names with commas");
  });
});
