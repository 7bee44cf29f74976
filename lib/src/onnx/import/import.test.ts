// What an imported model is: a function of its inputs and its weights, compiled, differentiable, trainable; and
// what is refused.

import { readFileSync } from "node:fs";
import "../../tensor/methods.ts";
import { expect, it, test } from "vitest";
import { broadcastTo, compile, grad, linspace, type Tensor, tensor, zeros } from "../../index.ts";
import { importOnnx } from "./import.ts";
import { initializer, modelOf, node, port } from "./models.testing.ts";

const dense = () =>
  modelOf({
    node: [node("Gemm", ["x", "w", "b"], ["h"], { transB: 1 }), node("Tanh", ["h"], ["y"])],
    initializer: [initializer("w", [2, 3], [1, 2, 3, 4, 5, 6]), initializer("b", [2], [0.5, -0.5])],
    input: [port("x", ["batch", 3])],
    output: [port("y", ["batch", 2])],
  });

const one = (n: ReturnType<typeof node>, opset = 21, more = {}) =>
  modelOf({ node: [n], input: [port("x", null)], output: [port("y", null)], ...more }, opset);

it("runs with any batch", () => {
  const model = importOnnx(dense());
  for (const batch of [1, 4]) {
    const { y } = model.run({ x: broadcastTo(tensor([[0.1, 0.2, -0.1]]), [batch, 3]) });
    expect(y!.shape).toEqual([batch, 2]);
    expect(y!.at(0, 0).item()).toBeCloseTo(Math.tanh(0.7), 6);
  }
  expect(model.inputs).toMatchObject([{ name: "x", dtype: "float32", shape: ["batch", 3] }]);
  expect(model.metadata).toMatchObject({
    parameters: 8,
    opsets: { "": 21 },
    ops: { Gemm: 1, Tanh: 1 },
  });
});

it("has gradients with respect to inputs and weights", () => {
  const model = importOnnx(dense());
  const x = tensor([[0.1, 0.2, -0.1]]);
  const slope = grad((at: Tensor) => model.run({ x: at })["y"]!.sum())(x);
  const h = [0.7, 0.3];
  const d = h.map((v) => 1 - Math.tanh(v) ** 2);
  expect(slope.at(0, 0).item()).toBeCloseTo(d[0]! + 4 * d[1]!, 4);
  model.apply({ x })["y"]!.sum().backward();
  expect(model.weights["b"]!.grad!.toArray()).toEqual([
    expect.closeTo(d[0]!, 5),
    expect.closeTo(d[1]!, 5),
  ]);
});

it("trains again", () => {
  const model = importOnnx(dense());
  const { w, b } = model.weights;
  const [x, target] = [
    tensor([
      [0.1, 0.2, -0.1],
      [-0.5, 0.1, 0.3],
    ]),
    tensor([
      [0.2, -0.3],
      [0.5, 0.1],
    ]),
  ];
  const step = compile(() => {
    const loss = model.run({ x })["y"]!.sub(target).square().mean();
    loss.backward();
    for (const each of [w!, b!]) each.assign(each.sub(each.grad!.mul(0.5)));
    return loss;
  });
  const first = step().item();
  for (let i = 0; i < 200; i++) step();
  expect(step().item()).toBeLessThan(first / 2);
});

it("keeps what is to be kept from training", () => {
  expect(importOnnx(dense(), { trainable: false }).weights["w"]!.trainable).toBe(false);
  const some = importOnnx(dense(), { trainable: (name) => name === "b" });
  expect([some.weights["w"]!.trainable, some.weights["b"]!.trainable]).toEqual([false, true]);
  expect(() => importOnnx(dense(), { trainable: () => 1 as never })).toThrow("true or false");
});

it("computes shapes while it is compiled", () => {
  const model = importOnnx(
    modelOf({
      node: [
        node("Shape", ["x"], ["s"]),
        node("Gather", ["s", "zero"], ["n"]),
        node("Concat", ["n", "rest"], ["to"], { axis: 0 }),
        node("Reshape", ["x", "to"], ["y"]),
      ],
      initializer: [initializer("zero", [1], [0], true), initializer("rest", [1], [-1], true)],
      input: [port("x", ["n", 2, 3])],
      output: [port("y", ["n", 6])],
    }),
  );
  const graph = compile((x: Tensor) => model.run({ x })).graph(zeros([5, 2, 3]));
  expect(graph.nodes.map((each) => each.op)).toEqual(["reshape"]);
});

it("runs op by op where a shape is an input", () => {
  const model = importOnnx(
    modelOf({
      node: [node("Reshape", ["x", "to"], ["y"])],
      input: [port("x", null), port("to", [1], 7)],
      output: [port("y", null)],
    }),
  );
  const run = (to: number) =>
    model.run({ x: zeros([2, 3]), to: tensor([to], "int32") })["y"]!.shape;
  expect([run(6), run(-1)]).toEqual([[6], [6]]);
  const inside = compile((x: Tensor, to: Tensor) => model.run({ x, to }));
  expect(() => inside(zeros([2, 3]), tensor([6], "int32"))).toThrow(
    "must be known when the model is compiled",
  );
});

it("chooses a branch by a number of the run", () => {
  const branch = (op: string) => ({
    graph: { name: op, node: [node(op, ["x"], ["out"])], output: [port("out", null)] },
  });
  const model = importOnnx(
    modelOf({
      node: [
        node("ReduceSum", ["x"], ["total"], { keepdims: 0 }),
        node("Greater", ["total", "none"], ["up"]),
        node("If", ["up"], ["y"], { then_branch: branch("Neg"), else_branch: branch("Exp") }),
      ],
      initializer: [initializer("none", [], [0])],
      input: [port("x", [2])],
      output: [port("y", [2])],
    }),
  );
  const ys = [
    [1, 2],
    [-1, 0],
  ].map((x) => model.run({ x: tensor(x) })["y"]!.toArray());
  expect(ys).toEqual([
    [-1, -2],
    [expect.closeTo(Math.exp(-1), 6), 1],
  ]);
  const traced = compile((x: Tensor) => model.run({ x })).graph(zeros([2]));
  expect(traced.nodes.some((each) => each.op === "cond")).toBe(true);
});

it("turns a loop until the body says so", () => {
  const body = {
    name: "body",
    node: [node("Add", ["v", "v"], ["next"]), node("Less", ["next", "most"], ["on"])],
    input: [port("i", [], 7), port("c", [], 9), port("v", [])],
    output: [port("on", [], 9), port("next", [])],
  };
  const model = importOnnx(
    modelOf({
      node: [node("Loop", ["", "", "x"], ["y"], { body: { graph: body } })],
      initializer: [initializer("most", [], [100])],
      input: [port("x", [])],
      output: [port("y", [])],
    }),
  );
  expect([1, 7].map((x) => model.run({ x: tensor(x) })["y"]!.item())).toEqual([128, 112]);
  const compiled = compile((x: Tensor) => model.run({ x })["y"]!);
  expect(compiled(tensor(7)).item()).toBe(112);
});

it("runs the model's own functions with their attributes", () => {
  const leaky = node("LeakyRelu", ["a"], ["b"]);
  leaky.attribute = [{ name: "alpha", refAttrName: "slope", type: 1 }];
  const model = importOnnx(
    modelOf(
      {
        node: [node("Soft", ["x"], ["y"], { slope: { float: 0.5 } }, { domain: "own" })],
        input: [port("x", [2])],
        output: [port("y", [2])],
      },
      21,
      {
        functions: [
          {
            name: "Soft",
            domain: "own",
            input: ["a"],
            output: ["b"],
            attribute: ["slope"],
            node: [leaky],
          },
        ],
        opsetImport: [
          { domain: "", version: 21n },
          { domain: "own", version: 1n },
        ],
      },
    ),
  );
  expect(model.run({ x: tensor([-2, 2]) })["y"]!.toArray()).toEqual([-1, 2]);
});

it("takes the tensors that Constant nodes hold for weights", () => {
  const held = node("Constant", [], ["w"]);
  held.attribute = [{ name: "value", type: 4, t: initializer("other", [2], [3, 4]) }];
  const model = importOnnx(
    modelOf({
      node: [held, node("Mul", ["x", "w"], ["y"])],
      input: [port("x", [2])],
      output: [port("y", [2])],
    }),
  );
  expect(model.weights["w"]!.toArray()).toEqual([3, 4]);
  expect(model.run({ x: tensor([1, 2]) })["y"]!.toArray()).toEqual([3, 8]);
});

it("gives what ONNX Runtime gives for a small network with a choice and a loop", () => {
  // scripts/golden/onnx_small.py
  const model = importOnnx(readFileSync(new URL("golden/small.onnx", import.meta.url)));
  const x = linspace(-1, 1, 32).reshape([2, 1, 4, 4]);
  const expected = [0.63836354, 0.36163637, 0.9898532, 0.01014684].map((p) => expect.closeTo(p, 6));
  expect(Array.from(model.run({ x })["y"]!.data)).toEqual(expected);
  expect(Array.from(model.apply({ x })["y"]!.data)).toEqual(expected);
});

test.each([
  [
    "an op that is not covered",
    one(node("Nonsense", ["x"], ["y"])),
    "The op Nonsense is not covered",
  ],
  [
    "an attribute that no row reads",
    one(node("Relu", ["x"], ["y"], { alpha: 1 })),
    "attribute alpha is not covered",
  ],
  ["an old opset", one(node("Relu", ["x"], ["y"]), 6), "covered are opsets from 7 on"],
  [
    "a name that nothing computes",
    one(node("Add", ["x", "lost"], ["y"])),
    '"lost", an input of Add, is computed by no node',
  ],
  [
    "an output that nothing computes",
    one(node("Relu", ["x"], ["z"])),
    '"y", an output of the model, is computed by no node',
  ],
  ["a missing input", one(node("Add", ["x"], ["y"])), "Add: input 1 is missing"],
  [
    "shapes that do not fit",
    one(node("MatMul", ["x", "x"], ["y"])),
    "MatMul: matmul: cannot multiply [2, 3] by [2, 3]",
  ],
  [
    "a cast to a type that nothing holds",
    one(node("Cast", ["x"], ["y"], { to: 10 })),
    "elements of float16",
  ],
])("refuses %s", (_, bytes, says) => {
  expect(() => importOnnx(bytes).run({ x: zeros([2, 3]) })).toThrow(says);
});

test.each([
  [
    "too few numbers",
    { ...initializer("w", [2, 2], [1, 2, 3]) },
    "3 numbers do not fill 4 elements",
  ],
  [
    "a shape that nobody can hold",
    { ...initializer("w", [2 ** 20, 2 ** 20], [1]) },
    "is no shape that can be held",
  ],
  ["whole numbers beyond int32", initializer("w", [1], [2 ** 40], true), "beyond int32"],
  [
    "raw bytes of another length",
    { name: "w", dims: [2n], dataType: 1, rawData: new Uint8Array(7) },
    "expected 8 bytes",
  ],
  ["texts", { name: "w", dims: [0n], dataType: 8 }, "elements of string"],
])("refuses an initializer of %s", (_, tensorProto, says) => {
  const bytes = one(node("Identity", ["x"], ["y"]), 21, { initializer: [tensorProto] });
  expect(() => importOnnx(bytes)).toThrow(says);
});

test.each(["../w.bin", "/etc/passwd", "a/../../w", "C:\\w", "a//b", "", "./w"])(
  "refuses data at %j, which could lie outside the folder",
  (location) => {
    const away = {
      name: "w",
      dims: [2n],
      dataType: 1,
      dataLocation: 1,
      externalData: [{ key: "location", value: location }],
    };
    const bytes = one(node("Add", ["x", "w"], ["y"]), 21, { initializer: [away] });
    const read = () => {
      throw new Error("was read");
    };
    expect(() => importOnnx(bytes, { external: read })).toThrow("within the model's folder");
  },
);

it("reads data beside the model, and no byte beyond it", () => {
  const away = (length: number) => ({
    name: "w",
    dims: [2n],
    dataType: 1,
    dataLocation: 1,
    externalData: Object.entries({ location: "sub/w.bin", offset: "4", length: `${length}` }).map(
      ([key, value]) => ({ key, value }),
    ),
  });
  const bytes = (length: number) =>
    one(node("Add", ["x", "w"], ["y"]), 21, { initializer: [away(length)] });
  const external = () => new Uint8Array(Float32Array.of(9, 1, 2).buffer);
  const model = importOnnx(bytes(8), { external });
  expect(model.run({ x: tensor([1, 1]) })["y"]!.toArray()).toEqual([2, 3]);
  expect(() => importOnnx(bytes(12), { external })).toThrow('are not in "sub/w.bin", which has 12');
  expect(() => importOnnx(bytes(8))).toThrow('Give importOnnx() a function "external"');
});

it("says which inputs it takes", () => {
  const model = importOnnx(dense());
  expect(() => model.run({})).toThrow('expected a tensor as input "x"');
  expect(() => model.run({ X: zeros([1, 3]) })).toThrow('Did you mean "x"?');
  expect(() => model.run({ x: zeros([1, 4]) })).toThrow(
    "is float32 [batch, 3], received float32 [1, 4]",
  );
  expect(() => model.run({ x: zeros([1, 3], "int32") })).toThrow("received int32");
  expect(() => model.run(zeros([1, 3]) as never)).toThrow("by the names of the inputs");
  expect(() => importOnnx(dense(), { trainabel: true } as never)).toThrow(
    'Did you mean "trainable"?',
  );
});

test("a choice by an input, of branches that fit other inputs, is compiled for each value", () => {
  const branch = (name: string, weight: string) => ({
    graph: { name, node: [node("MatMul", ["x", weight], ["z"])], output: [port("z", null)] },
  });
  const model = importOnnx(
    modelOf({
      node: [
        node("Cast", ["wide"], ["c"], { to: 9 }),
        node("If", ["c"], ["y"], {
          then_branch: branch("a", "w3"),
          else_branch: branch("b", "w2"),
        }),
      ],
      initializer: [initializer("w2", [2, 1], [1, 2]), initializer("w3", [3, 1], [1, 2, 3])],
      input: [port("x", null), port("wide", [], 7)],
      output: [port("y", null)],
    }),
  );
  const run = (x: Tensor, wide: number) => model.run({ x, wide: tensor(wide, "int32") })["y"]!;
  const [two, three] = [tensor([[1, 1]]), tensor([[1, 1, 1]])];
  for (let turn = 0; turn < 2; turn++) {
    expect(run(two, 0).item()).toBe(3);
    expect(run(three, 1).item()).toBe(6);
  }
  // More values than get a program run op by op.
  for (let value = 2; value < 12; value++) expect(run(three, value).item()).toBe(6);
  expect(() => run(two, 1)).toThrow(/MatMul: .*2.*3/);
});

test("what would run without end, or grow without bound, is refused", () => {
  const call = (opType: string, domain = "own") => node(opType, ["a"], ["b"], {}, { domain });
  const functions = Array.from({ length: 30 }, (_, level) => {
    const inner = level === 29 ? call("Identity", "") : call(`f${level + 1}`);
    return { name: `f${level}`, domain: "own", input: ["a"], output: ["b"], node: [inner, inner] };
  });
  const laughs = importOnnx(
    modelOf(
      {
        node: [node("f0", ["x"], ["y"], {}, { domain: "own" })],
        input: [port("x", null)],
        output: [port("y", null)],
      },
      21,
      {
        functions,
        opsetImport: [
          { domain: "", version: 21n },
          { domain: "own", version: 1n },
        ],
      },
    ),
  );
  expect(() => laughs.run({ x: tensor([1]) })).toThrow("Functions run more than 16384 times");
  const names = Array.from({ length: 41 }, (_, i) => (i === 0 ? "x" : `x${i}`));
  const doubled = importOnnx(
    modelOf({
      node: names
        .slice(1)
        .map((to, i) => node("Concat", [names[i]!, names[i]!], [to], { axis: 0 })),
      input: [port("x", null)],
      output: [port("x40", null)],
    }),
  );
  expect(() => doubled.run({ x: tensor([1]) })).toThrow(
    /Concat: a result of shape .* is too large/,
  );
});
