// Wrong calls, from plain JavaScript, of functions on graphs and engines.

import { describe, expect, test } from "vitest";
import * as data from "../data/index.ts";
import * as engines from "../engines/index.ts";
import { graphOf, NeuriteError, tensor } from "../index.ts";
import * as ir from "../ir/index.ts";
import * as transforms from "../transforms/index.ts";
import * as inspect from "./index.ts";

// biome-ignore lint/suspicious/noExplicitAny: what plain JavaScript sees
type Anything = any;

const [d, e, i, t, s]: Anything[] = [data, engines, ir, transforms, inspect];
const f = (x: Anything) => x.square().sum();
const graph = graphOf(f, [tensor([1, 2])]);
const input = { dtype: "float32", shape: [2], data: new Float32Array(2) };

type Row = readonly [call: string, make: () => unknown, says: string];

function refused(rows: readonly Row[]): void {
  test.each(rows)("%s", (_, make, says) => {
    expect(make).toThrow(NeuriteError);
    expect(make).toThrow(says);
  });
}

describe("graphs", () => {
  refused([
    [
      "print(f)",
      () => i.print(f),
      "print: expected graph to be a graph, received the function f. Write",
    ],
    ["print()", () => i.print(), "print: expected graph to be a graph, received nothing"],
    ["print's option", () => i.print(graph, { gradient: new Map() }), 'Did you mean "gradients"?'],
    [
      "print's notes",
      () => i.print(graph, { values: {} }),
      "expected values to be a Map of values",
    ],
    ["toDot", () => i.toDot({}), "toDot: expected graph to be a graph, received {}"],
    ["toDot's option", () => i.toDot(graph, 1), "toDot: expected an object of options, received 1"],
    ["toJSON", () => i.toJSON(null), "toJSON: expected graph to be a graph, received null"],
    ["makeGraph", () => i.makeGraph(graph), "makeGraph: expected inputs to be a list"],
    ["checkGraph", () => i.checkGraph(graph), "checkGraph: expected infer to be a function"],
    ["simplify", () => t.simplify(f), "simplify: expected graph to be a graph"],
    [
      "vjpGraph",
      () => t.vjpGraph(graph),
      "vjpGraph: expected wrt to be a list, each true or false",
    ],
    ["vjpGraph of 2", () => t.vjpGraph(graph, [true, false]), "for each of 1 inputs, received 2"],
    [
      "jvpGraph",
      () => t.jvpGraph(graph, []),
      "jvpGraph: expected true or false for each of 1 inputs",
    ],
    ["graphFromJSON", () => t.graphFromJSON("{}"), "graph: expected an object"],
    ["edgesOf(f)", () => s.edgesOf(f, []), "edgesOf: expected graph to be a graph"],
    ["edgesOf", () => s.edgesOf(graph, input), "edgesOf: expected inputs to be a list"],
    ["edgesOf a tensor", () => s.edgesOf(graph, [[1, 2]]), "expected inputs[0].dtype to be"],
    [
      "short data",
      () => s.edgesOf(graph, [{ ...input, data: new Float32Array(1) }]),
      "do not fill",
    ],
    ["other data", () => s.edgesOf(graph, [{ ...input, data: [1, 2] }]), "that holds float32"],
    ["gradient", () => s.edgesOf(graph, [input], { gradient: true }), 'Did you mean "gradients"?'],
    [
      "gradients",
      () => s.annotate(graph, [input], { gradients: "all" }),
      "true, false or the place of",
    ],
    ["activationsOf", () => s.activationsOf({}), "activationsOf: expected model to be a model"],
  ]);
});

describe("engines", () => {
  refused([
    ["thread", () => e.createWasmEngine({ thread: 2 }), 'Did you mean "threads"?'],
    [
      "threads",
      () => e.createWasmEngine({ threads: "2" }),
      'expected "auto" or a whole number from 1',
    ],
    ["a number", () => e.createWasmEngine(2), "createWasmEngine: expected an object of options"],
    [
      "deterministic",
      () => e.createWasmEngine({ deterministic: 1 }),
      "to be true or false, received 1",
    ],
    [
      "leastWork",
      () => e.createWasmEngine({ leastWork: { kernels: 1 } }),
      'Did you mean "kernel"?',
    ],
    [
      "webgpu",
      () => e.engineNamed("webgpu"),
      'Unknown engine "webgpu". Expected one of: wasm, reference',
    ],
    ["no name", () => e.engineNamed(), 'Unknown engine "undefined"'],
    ["a slip", () => e.engineNamed("wsam"), 'Did you mean "wasm"?'],
    [
      "an option",
      () => e.engineNamed("wasm", { thread: 2 }),
      'engineNamed: there is no option "thread"',
    ],
  ]);
});

describe("random streams of data sets", () => {
  refused([
    ["a seed", () => new d.Rng("1"), "Rng: expected a seed that is a whole number"],
    ["a bound", () => new d.Rng(1).uniform("0"), "uniform: expected low to be a finite number"],
    [
      "a deviation",
      () => new d.Rng(1).normal(0, -1),
      "normal: expected deviation to be a number of 0",
    ],
    [
      "no array",
      () => new d.Rng(1).shuffle(3),
      "shuffle: expected array to be an array or a typed",
    ],
  ]);
});
