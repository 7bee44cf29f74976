// Wrong calls from plain JavaScript: each is refused in a sentence that names what was expected.

import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import { NeuriteError, random, tensor } from "../index.ts";

/** What plain JavaScript sees. */
type Anything = any;

const n: Anything = N;
const x: Anything = tensor([
  [1, 2],
  [3, 4],
]);
const v: Anything = tensor([3, 1, 2]);
const k = random.key(1);
const r: Anything = random;
const f = (a: Anything) => a.square().sum();

type Row = readonly [call: string, make: () => unknown, says: string];

function refused(rows: readonly Row[]): void {
  test.each(rows)("%s", (_, make, says) => {
    expect(make).toThrow(NeuriteError);
    expect(make).toThrow(says);
  });
}

describe("operands", () => {
  refused(
    ["1", null, undefined, 1n, true, [1, 2], new Float32Array(2), {}, () => 1].flatMap((wrong) => {
      const says = "to be a number or a tensor, received";
      return [
        ["add", () => x.add(wrong), `add: expected b ${says}`],
        ["pow", () => x.pow(wrong), `pow: expected b ${says}`],
        ["less", () => n.less(wrong, x), `less: expected a ${says}`],
        ["where", () => n.where(x.greater(1), wrong, 0), `where: expected a ${says}`],
        ["matmul", () => x.matmul(wrong), "matmul: expected b to be a tensor, received"],
        ["concat", () => n.concat([x, wrong]), "concat: expected tensors to be a list of tensors"],
        ["exp", () => n.exp(wrong), "exp: expected x to be a tensor, received"],
        ["softmax", () => n.softmax(wrong), "softmax: expected x to be a tensor, received"],
        [
          "convolve2d",
          () => n.convolve2d(wrong, x),
          "convolve2d: expected x to be a tensor, received",
        ],
        ["assign", () => N.variable([1]).assign(wrong as never), "assign: expected next to be a"],
        ["hvp", () => n.hvp(f, wrong, v), "hvp: expected x to be a tensor, received"],
        ["fold", () => r.foldIn(k, wrong), `foldIn: expected data ${says}`],
      ] satisfies Row[];
    }),
  );
  refused([
    ["a list", () => x.add([1, 2]), "received [1,2]. Make a tensor of it with tensor()."],
    ["a list of rows", () => x.matmul([[1], [2]]), "Make a tensor of it with tensor()."],
    [
      "a number",
      () => x.matmul(2),
      "matmul: expected b to be a tensor, received 2. Write tensor(2).",
    ],
    ["a condition", () => n.where(true, 1, 2), "where: expected condition to be a tensor"],
  ]);
});

describe("too many arguments", () => {
  refused([
    ["reshape(3, 2)", () => v.reshape(3, 1), "received 3. Write reshape(x, [3, 1])."],
    ["zeros(2, 3)", () => n.zeros(2, 3), "received 2. Write zeros([2, 3])."],
    ["ones(2)", () => n.ones(2), "Write ones([2])."],
    ["full(2, 3)", () => n.full(2, 3), "Write full([2, 3])."],
    [
      "norm(x, 3)",
      () => n.norm(x, 3),
      'norm: expected order to be 1, 2, Infinity, -Infinity or "fro", received 3',
    ],
    ["norm(x, 2, 0, 1)", () => n.norm(x, 2, 0, 1), "norm: expected keepDims to be true or false"],
    [
      "norm(x, 2, 0, true, 1)",
      () => n.norm(x, 2, 0, true, 1),
      "norm: expected at most 4 arguments, received 1",
    ],
    ["norm by name", () => n.norm(x, { axis: 1 }), 'or "fro", received {'],
    ["add(a, b, c)", () => n.add(x, x, x), "add: expected at most 2 arguments"],
    [
      "log(x, 2)",
      () => n.log(x, 2),
      "log: expected one argument, received 2 as well. Write log(x).",
    ],
    ["round(x, 2)", () => x.round(2), "round: expected one argument"],
    ["sum(0, 1)", () => x.sum(0, 1), "sum: expected keepDims to be true or false, received 1"],
    ["transpose(1, 0)", () => x.transpose(1, 0), "Write transpose(x, [1, 0])."],
    ["squeeze(0, 1)", () => x.squeeze(0, 1), "squeeze: expected at most 2 arguments"],
    ["flip(0, 1)", () => x.flip(0, 1), "flip: expected at most 2 arguments"],
    ["flatten(0, 1)", () => x.flatten(0, 1), "flatten: expected at most 2 arguments"],
    ["argmax(1, true)", () => x.argmax(1, true), "argmax: expected at most 2 arguments"],
    ["concat(x, x)", () => n.concat(x, x), "Write concat([a, b])."],
    ["stack(x, x, x)", () => n.stack(x, x, x), "Write stack([a, b, c])."],
    ["tile(2, 2)", () => n.tile(x, 2, 2), "Write tile(x, [2, 2])."],
    ["eye(3, 4)", () => n.eye(3, 4), "eye: expected dtype to be the name of an element type"],
    [
      "sort",
      () => n.sort(v, -1, "descending"),
      'expected descending to be true or false, received "',
    ],
    [
      "uniform(k, [2], 0, 5)",
      () => r.uniform(k, [2], 0, 5),
      "received 5 as well. Write uniform(key, shape, { low, high, dtype }).",
    ],
    ["normal(k, [2], 0)", () => r.normal(k, [2], 0), "Its options are mean, std, dtype."],
    ["backward(1)", () => x.sum().backward(1), "Its options are keepHistory, createGraph."],
  ]);

  test("a function of one argument may be handed to map", () => {
    expect([v, v].map(N.square as Anything)).toHaveLength(2);
    expect([v, v].map(N.relu)).toHaveLength(2);
  });
});

describe("arguments of another kind", () => {
  refused([
    [
      "axis as a text",
      () => x.sum("0"),
      "sum: expected axes to be the number of an axis or a list of",
    ],
    ["axis by name", () => x.sum({ axis: 0 }), "Write sum(x, axes?, keepDims?)."],
    ["axis null", () => x.softmax(null), "softmax: expected axis to be the number of an axis"],
    ["an index list", () => x.at([0, 5]), 'Write "0:5" for a range, or tensor([0, 5], "int32")'],
    ["an index by name", () => x.at({ start: 0 }), "at: expected indices to be a number, a range"],
    ["a later index", () => x.at(0, true), "at: expected indices 2 to be a number, a range"],
    [
      "a shape as a text",
      () => n.zeros("3"),
      "zeros: expected shape to be a shape, a list of numbers",
    ],
    ["no shape", () => n.zeros(), "received nothing. Write zeros(shape, dtype?)."],
    ["no value", () => n.full([2]), "full: expected value to be a number, received nothing"],
    [
      "a value as a text",
      () => n.full([2], "1"),
      'full: expected value to be a number, received "1"',
    ],
    ["a number to pad", () => n.pad(v, 1), "pad: expected amounts to be a list of pairs"],
    ["a triple to pad", () => n.pad(v, [[1, 2, 3]]), "pad: expected a pair of whole numbers"],
    ["no equation", () => n.einsum(5, x), "einsum: expected equation to be an equation such as"],
    ["a list to einsum", () => n.einsum("i->", [1]), "einsum: expected operands to be a tensor"],
    ["a list of data", () => n.fromData([1, 2], [2]), "Write tensor(data).reshape(shape)."],
    ["a shape of data", () => n.fromData(new Float32Array(2), 2), "Write fromData(data, [2])."],
    ["no dtype", () => x.cast(), "cast: expected dtype to be the name of an element type"],
    ["a dtype", () => x.cast("flaot32"), 'Unknown element type "flaot32". Did you mean "float32"?'],
    [
      "splitting 1.5",
      () => n.split(v, "3"),
      "split: expected parts to be how many parts, or a list",
    ],
    ["a tensor of what is none", () => new n.Tensor([1, 2]), "Make tensors with tensor()"],
    ["a variable of what is none", () => new n.Variable([1]), "Variable: expected initial to be a"],
    [
      "a variable's option",
      () => n.variable([1], { trainble: false }),
      'Did you mean "trainable"?',
    ],
    ["a variable's flag", () => n.variable([1], false), "variable: expected an object of options"],
  ]);
});

describe("clip", () => {
  refused([
    ["one bound", () => x.clip(2), "clip: expected high to be a number, or null for no bound"],
    [
      "bounds that cross",
      () => x.clip(2, 1),
      "clip: expected low <= high, received low 2 and high 1",
    ],
    ["NaN", () => x.clip(Number.NaN, 1), "clip: expected low <= high, received low NaN and high 1"],
    [
      "a text",
      () => x.clip("0", 1),
      "clip: expected low to be a number, or null for no bound, received",
    ],
  ]);

  test("null leaves one side open", () => {
    expect(v.clip(2, null).toArray()).toEqual([3, 2, 2]);
    expect(v.clip(null, 2).toArray()).toEqual([2, 1, 2]);
    expect(v.clip(null, null).toArray()).toEqual([3, 1, 2]);
    expect(v.clip(2, 2).toArray()).toEqual([2, 2, 2]);
    expect(v.clip(-Infinity, 1).toArray()).toEqual([1, 1, 1]);
  });
});

describe("random numbers", () => {
  refused([
    [
      "a number for a key",
      () => r.uniform(1, [2]),
      "uniform: expected key to be a key, received 1",
    ],
    ["a shape for a key", () => r.normal([2, 2]), "Write random.key(seed)."],
    ["min", () => r.uniform(k, [2], { min: 0 }), 'uniform: there is no option "min"'],
    ["sigma", () => r.normal(k, [2], { sigma: 2 }), 'normal: there is no option "sigma"'],
    [
      "a negative std",
      () => r.normal(k, [2], { std: -1 }),
      "expected std to be a number of 0 or more",
    ],
    ["low above high", () => r.uniform(k, [2], { low: 1, high: 0 }), "expected low <= high"],
    ["int32", () => r.uniform(k, [2], { dtype: "int32" }), 'dtype to be "float32" or "float64"'],
    [
      "p of 1.5",
      () => r.bernoulli(k, 1.5, [2]),
      "bernoulli: expected p to be a number from 0 to 1",
    ],
    ["p last", () => r.bernoulli(k, [2], 0.5), "bernoulli: expected p to be a number from 0 to 1"],
    ["half a key", () => r.splitKey(k, 1.5), "splitKey: expected count to be a whole number"],
    ["a text of keys", () => r.splitKey(k, "3"), "splitKey: expected count to be a whole number"],
    ["a seed as a text", () => r.key("1"), 'key: expected seed to be a number, received "1"'],
    ["half a number", () => r.foldIn(k, 0.5), "foldIn: expected a whole number"],
    [
      "no bounds",
      () => r.randint(k, [2]),
      "randint: expected low to be a number, received nothing",
    ],
  ]);
});

describe("windows", () => {
  const image: Anything = N.ones([1, 4, 4, 1]);
  const kernel: Anything = N.ones([2, 2, 1, 1]);
  refused([
    [
      "stride",
      () => n.convolve2d(image, kernel, { stride: 2 }),
      'convolve2d: there is no option "stride". Did',
    ],
    [
      "strides of 0",
      () => n.convolve2d(image, kernel, { strides: 0 }),
      "a whole number above 0, or a pair",
    ],
    [
      "groups of 0.5",
      () => n.convolve2d(image, kernel, { groups: 0.5 }),
      "expected groups to be a whole",
    ],
    [
      "a list of padding",
      () => n.convolve2d(image, kernel, { padding: 1 }),
      'expected padding to be "valid"',
    ],
    ["a window of 0", () => n.maxPool(image, 0), "maxPool: expected window to be a whole number"],
    ["options by place", () => n.avgPool(image, 2, 2), "Its options are strides, padding."],
    [
      "dilation",
      () => n.convolve2dTranspose(image, kernel, { dilations: 2 }),
      'Did you mean "dilation"?',
    ],
    [
      "strides of 1d",
      () => n.convolve1d(N.ones([1, 4, 1]), N.ones([2, 1, 1]), { strides: 2 }),
      "stride",
    ],
  ]);
});

describe("transforms", () => {
  refused([
    ["grad of no function", () => n.grad(5), "grad: expected f to be a function, received 5"],
    ["grad(f, 1)", () => n.grad(f, 1), "grad: expected an object of options, received 1"],
    [
      "several arguments",
      () => n.grad(f, { argument: [0, 1] }),
      "Put the arguments into one record",
    ],
    ["argnums", () => n.grad(f, { argnums: 1 }), 'grad: there is no option "argnums"'],
    ["grad of a list", () => n.grad(f)([1, 2, 3]), "received [1,2,3]. Write tensor([1,2,3])."],
    ["grad without arguments", () => n.grad(f)(), "grad: argument 0 was not passed"],
    [
      "hvp as grad is called",
      () => n.hvp(f)(x, v),
      "hvp: expected x to be a tensor, received nothing",
    ],
    [
      "jvp without lists",
      () => n.jvp(f, x, x),
      "jvp: expected primals to be a list of the arguments",
    ],
    ["vjp of nothing", () => n.vjp(f), "vjp: expected primals to be a tensor or a record of them"],
    ["jit", () => n.compile(f, { jit: true }), 'compile: there is no option "jit"'],
    [
      "compile of nothing",
      () => n.compile(),
      "compile: expected f to be a function, received nothing",
    ],
    ["a list to compile", () => n.compile(f)([1, 2, 3]), "Argument 0 holds no tensor: where"],
    [
      "nothing to do",
      () => n.compile(() => {})(),
      "compile: the function returned nothing and assigned",
    ],
    ["async", () => n.compile(async (a: Anything) => a.add(1))(v), "must not be async"],
    ["repeat", () => n.compile(f).repeat(v), "repeat: expected times to be a whole number above 0"],
    [
      "inAxis",
      () => n.vmap(f, { inAxis: 1 }),
      'vmap: there is no option "inAxis". Did you mean "inAxes"',
    ],
    [
      "axes",
      () => n.vmap(f, { inAxes: 0.5 }),
      "vmap: expected inAxes to be a number, null, or a tree of these",
    ],
    ["a list to vmap", () => n.vmap(f)([1, 2]), "Write tensor([1,2])"],
    ["vmap of nothing", () => n.vmap(() => {})(v), "vmap: expected the function to return tensors"],
    ["fwd", () => n.jacobian(f, { mode: "fwd" }), 'expected mode to be "forward" or "reverse"'],
    ["jacobian of a list", () => n.jacobian(f)([1]), "jacobian: expected x to be a tensor"],
    ["hessian", () => n.hessian(f, x), "hessian: expected one argument"],
    [
      "graphOf(f, x)",
      () => n.graphOf(f, x),
      "graphOf: expected args to be a list of the arguments",
    ],
    [
      "a carry of numbers",
      () => n.scan((c: Anything) => [c, c], 0, v),
      "scan: expected initial to hold",
    ],
    [
      "scan's option",
      () => n.scan((c: Anything) => [c, c], v, v, { reversed: true }),
      '"reverse"?',
    ],
    ["no arguments", () => n.compile(f).stages(), "Arguments expected: 1, received: 0."],
    ["no tree", () => n.mapTree(f), "mapTree: expected a tree of tensors, received nothing"],
    ["a gradient", () => Object.assign(N.variable([1]), { grad: 3 }), "to be a tensor, or null"],
    ["no name", () => new n.State().remove(), "state: expected name to be a text"],
    [
      "a rule of 1",
      () =>
        n.customJvp(
          (a: Anything) => a,
          () => 1,
        )(v),
      "what its rule gives to be a list",
    ],
    [
      "a rule that gives 1",
      () =>
        n.customVjp(
          (a: Anything) => a,
          () => 1,
        )(v),
      "what its rule gives",
    ],
    ["a rule", () => n.customVjp(f), "customVjp: expected rule to be a function, received nothing"],
    [
      "an engine by name",
      () => n.setEngine("wasm"),
      'Write engineNamed("wasm"), of neurite/engines.',
    ],
    ["noGrad of a value", () => n.noGrad(x), "noGrad: expected body to be a function"],
    ["scope without a name", () => n.scope(() => x), "scope: expected name to be a text"],
    ["mapTree", () => n.mapTree(x, f), "mapTree: expected f to be a function"],
    [
      "a name of state",
      () => new n.State().add("a", x),
      "state: expected variable to be a variable",
    ],
    ["a snapshot", () => new n.State().restore({}), "restore: expected snapshot to be a Map"],
  ]);

  test("a compiled function may only assign, and lists of numbers may be no tensors", () => {
    const count = N.variable(0);
    N.compile(() => count.assign(count.add(1)))();
    expect(count.item()).toBe(1);
    const shaped = N.compile((a: N.Tensor, shape: number[]) => a.reshape(shape));
    expect(shaped(v, [3, 1]).shape).toEqual([3, 1]);
  });
});
