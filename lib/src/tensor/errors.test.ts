// What users get wrong, and the sentence they get for it, word for word.

import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import {
  ArgumentError,
  at,
  compile,
  type DType,
  DTypeError,
  GradientError,
  grad,
  type NeuriteError,
  NumberError,
  random,
  ShapeError,
  scan,
  type Tensor,
  TraceError,
  tensor,
  variable,
  vmap,
} from "../index.ts";

type Row = readonly [mistake: string, make: () => unknown, says: string];
type ErrorClass = new (message: string) => NeuriteError;

/** Zeros of a shape the compiler does not know: it refuses many of these mistakes itself. */
const zeros = (shape: readonly number[], dtype?: DType): Tensor => N.zeros(shape, dtype);
const i32 = (data: readonly number[]): Tensor => tensor(data, "int32");

function check(Class: ErrorClass, rows: readonly Row[]): void {
  test.each(rows)("%s", (_, make, says) => {
    let caught: unknown;
    try {
      make();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Class);
    expect((caught as Error).message).toBe(says);
    expect((caught as Error).name).toBe(Class.name);
  });
}

describe("shapes", () => {
  check(ShapeError, [
    [
      "ragged rows",
      () => tensor([[1, 2], [3]] as number[][]),
      "tensor: rows of nested data differ in length: expected shape [2, 2], received an array of 1 at [1]",
    ],
    [
      "a number among rows",
      () => tensor([[1, 2], 3] as never),
      "tensor: rows of nested data differ in length: expected shape [2, 2], received the element 3 at [1]",
    ],
    [
      "a row among numbers",
      () => tensor([1, [2]] as never),
      "tensor: rows of nested data differ in length: expected shape [2], received an array of 1 at [1]",
    ],
    [
      "a negative length",
      () => zeros([2, -1]),
      "zeros: [2, -1] is not a shape: lengths are whole numbers >= 0",
    ],
    [
      "half an element",
      () => N.full([0.5], 1),
      "full: [0.5] is not a shape: lengths are whole numbers >= 0",
    ],
    [
      "random numbers of no shape",
      () => random.normal(random.key(1), [-2]),
      "normal: [-2] is not a shape: lengths are whole numbers >= 0",
    ],
    [
      "data that does not fill",
      () => N.fromData(new Float32Array(3), [2, 2]),
      "fromData: 3 elements do not fill shape [2, 2]",
    ],
    ["add", () => zeros([2, 3]).add(zeros([4])), "add: shapes [2, 3] and [4] do not broadcast"],
    [
      "where",
      () => N.where(zeros([3], "bool"), zeros([2]), 0),
      "where: shapes [3] and [2] do not broadcast",
    ],
    [
      "broadcastTo a shorter shape",
      () => N.broadcastTo(zeros([2, 3]), [3]),
      "broadcastTo: [2, 3] does not broadcast to [3]",
    ],
    [
      "broadcastTo a negative length",
      () => N.broadcastTo(zeros([1]), [-1]),
      "broadcastTo: [1] does not broadcast to [-1]",
    ],
    [
      "matmul",
      () => zeros([32, 784]).matmul(zeros([30, 10])),
      "matmul: cannot multiply [32, 784] by [30, 10]",
    ],
    [
      "matmul of a vector",
      () => zeros([3]).matmul(zeros([4, 5])),
      "matmul: cannot multiply [3] by [4, 5]",
    ],
    [
      "matmul of stacks",
      () => zeros([2, 3, 4]).matmul(zeros([5, 4, 6])),
      "matmul: cannot multiply [2, 3, 4] by [5, 4, 6]: leading axes do not broadcast",
    ],
    [
      "matmul by a scalar",
      () => zeros([2, 2]).matmul(zeros([])),
      "matmul: cannot multiply [2, 2] by []: a scalar is no matrix; scale with mul()",
    ],
    [
      "dot",
      () => N.dot(zeros([2]), zeros([3])),
      "dot: expected vectors of one length, received [2] and [3]",
    ],
    [
      "reshape",
      () => zeros([2, 3]).reshape([4]),
      "reshape: [2, 3] has 6 elements and cannot take shape [4]",
    ],
    [
      "reshape to negative lengths",
      () => zeros([6]).reshape([-2, -3]),
      "reshape: [6] has 6 elements and cannot take shape [-2, -3]",
    ],
    [
      "reshape with two unknowns",
      () => zeros([6]).reshape([-1, -1]),
      "reshape: [6] has 6 elements and cannot take shape [-1, -1]",
    ],
    [
      "axes that do not permute",
      () => zeros([2, 3]).transpose([0, 0]),
      "transpose: axes [0, 0] do not permute shape [2, 3]",
    ],
    [
      "squeeze a long axis",
      () => zeros([1, 3]).squeeze(1),
      "squeeze: axis 1 of [1, 3] has not length 1",
    ],
    [
      "concat",
      () => N.concat([zeros([2, 3]), zeros([2, 4])]),
      "concat: shapes [2, 3], [2, 4] do not join along axis 0",
    ],
    [
      "stack",
      () => N.stack([zeros([2, 3]), zeros([3])]),
      "stack: shapes [2, 3], [3] do not stack along axis 0",
    ],
    [
      "split unevenly",
      () => N.split(zeros([5]), 2),
      "split: axis 0 of [5] does not split into 2 equal parts",
    ],
    [
      "split into parts that do not add up",
      () => N.split(zeros([5]), [4, 2]),
      "split: axis 0 of [5] does not split into parts of [4, 2]",
    ],
    ["as", () => zeros([2]).as([3]), "as: expected shape [3], received [2]"],
    ["item", () => zeros([2]).item(), "item: expected one element, received shape [2]"],
    [
      "einsum of two lengths",
      () => N.einsum("ij,jk->ik", zeros([2, 3]), zeros([4, 2])),
      'einsum: axis "j" has lengths 3 and 4',
    ],
    [
      "einsum of another rank",
      () => N.einsum("ij->i", zeros([2])),
      'einsum: "ij" does not name the axes of [2]',
    ],
    [
      "takeAlongAxis",
      () => N.takeAlongAxis(zeros([2, 3]), zeros([3, 1], "int32")),
      "takeAlongAxis: [2, 3] and places [3, 1] differ outside axis 1",
    ],
    [
      "images without examples",
      () => N.convolve2d(zeros([5, 5, 3]), zeros([3, 3, 3, 2])),
      "convolve2d: expected [examples, height, width, channels], received shape [5, 5, 3]",
    ],
    [
      "a kernel of three axes",
      () => N.convolve2d(zeros([1, 5, 5, 3]), zeros([3, 3, 3])),
      "convolve2d: expected a kernel [height, width, channels in, channels out], " +
        "received shape [3, 3, 3]",
    ],
    [
      "other channels",
      () => N.convolve2d(zeros([1, 5, 5, 3]), zeros([3, 3, 4, 2])),
      "convolve2d: kernel [3, 3, 4, 2] takes 4 channels, its input [1, 5, 5, 3] has 3",
    ],
    [
      "other channels in groups",
      () => N.convolve1d(zeros([1, 5, 3]), zeros([3, 1, 2]), { groups: 2 }),
      "convolve1d: kernel [3, 1, 2] in 2 groups takes 2 channels, its input [1, 5, 3] has 3",
    ],
    [
      "a kernel larger than the image",
      () => N.convolve2d(zeros([1, 2, 2, 3]), zeros([3, 3, 3, 2])),
      "convolve2d: kernel [3, 3, 3, 2] is larger than its input [1, 2, 2, 3]",
    ],
    [
      "a kernel larger once dilated",
      () => N.convolve1d(zeros([1, 4, 1]), zeros([3, 1, 1]), { dilation: 2 }),
      "convolve1d: kernel [3, 1, 1], dilated to [5], is larger than its input [1, 4, 1]",
    ],
    [
      "channels of a transposed convolution",
      () => N.convolve2dTranspose(zeros([1, 2, 2, 3]), zeros([2, 2, 4, 5])),
      "convolve2dTranspose: kernel [2, 2, 4, 5] takes 5 channels, its input [1, 2, 2, 3] has 3",
    ],
    [
      "a window larger than the image",
      () => N.maxPool(zeros([1, 2, 2, 3]), 3),
      "maxPool: window [3, 3] is larger than its input [1, 2, 2, 3]",
    ],
    [
      "a window in the padding",
      () =>
        N.avgPool(zeros([1, 4, 4, 1]), 2, {
          padding: [
            [2, 0],
            [0, 0],
          ],
        }),
      "avgPool: a window [2, 2] lies wholly in the padding [[2, 0], [0, 0]] of [1, 4, 4, 1]",
    ],
    [
      "an assigned shape",
      () => variable([1, 2], { name: "w" }).assign(zeros([3])),
      'assign: expected float32[2], received float32[3] for "w"',
    ],
    [
      "a tangent",
      () => N.jvp((x: Tensor) => x, [zeros([2])], [zeros([3])]),
      "jvp: tangent 0: expected float32[2], received float32[3]",
    ],
    [
      "mapped axes of two lengths",
      () => vmap((a: Tensor, b: Tensor) => a.add(b))(zeros([2]), zeros([3])),
      "vmap: the mapped axes differ in length: 2 and 3",
    ],
    [
      "mapping a scalar",
      () => vmap((a: Tensor) => a)(zeros([])),
      "vmap: [] has no axis 0 to map over",
    ],
    [
      "sequences of two lengths",
      () => scan((c: Tensor) => [c, c], zeros([]), [zeros([3]), zeros([2])]),
      "scan: the sequences differ in length: 3 and 2",
    ],
    [
      "a scalar sequence",
      () => scan((c: Tensor) => [c, c], zeros([]), zeros([])),
      "scan: a sequence needs a first axis for the steps, received float32[]",
    ],
    [
      "a carry that grows",
      () => scan((c: Tensor, x: Tensor) => [c.add(x), c], zeros([]), zeros([3, 2])),
      "scan: carry 0 enters a step as float32[] and leaves it as float32[2]",
    ],
  ]);
});

describe("element types", () => {
  check(DTypeError, [
    [
      "two types",
      () => zeros([2, 3]).add(zeros([3], "int32")),
      "add: element types differ: float32 and int32. Convert one of them with cast().",
    ],
    [
      "two types, by the function's own name",
      () => zeros([2]).less(zeros([2], "float64")),
      "less: element types differ: float32 and float64. Convert one of them with cast().",
    ],
    [
      "two types to multiply",
      () => zeros([2, 3]).matmul(zeros([3, 2], "int32")),
      "matmul: element types differ: float32 and int32. Convert one of them with cast().",
    ],
    [
      "booleans to add",
      () => tensor([true]).add(tensor([true])),
      "add: expected float32 or float64 or int32 or uint8, received bool[1]",
    ],
    [
      "logic of numbers",
      () => zeros([2]).logicalAnd(zeros([2])),
      "logicalAnd: expected bool, received float32[2]",
    ],
    [
      "negation of numbers",
      () => zeros([2]).logicalNot(),
      "logicalNot: expected bool, received float32[2]",
    ],
    [
      "bytes to divide",
      () => zeros([2], "uint8").div(255),
      "div: expected float32 or float64, received uint8, whose quotients need not be whole. " +
        'Convert it with cast("float32"), or round down with floorDiv().',
    ],
    [
      "the smallest of booleans",
      () => tensor([true]).min(),
      "min: expected float32 or float64 or int32 or uint8, received bool[1]",
    ],
    [
      "a number as condition",
      () => N.where(zeros([2]), 1, 0),
      "where: expected bool, received float32[2]",
    ],
    [
      "the root of whole numbers",
      () => i32([4]).sqrt(),
      "sqrt: expected float32 or float64, received int32[1]",
    ],
    [
      "softmax of whole numbers",
      () => i32([4]).softmax(),
      "softmax: expected float32 or float64, received int32[1]",
    ],
    [
      "indices that are no integers",
      () => at(zeros([3]), tensor([1.5])),
      "at: expected an int32 or bool index tensor, received float32[1]",
    ],
    [
      "places that are no integers",
      () => N.take(zeros([3]), tensor([1])),
      "take: expected int32 places, received float32[1]",
    ],
    [
      "an array that does not hold the type",
      () => N.fromData(new Float32Array(2), [2], "int32"),
      "fromData: expected an array that holds int32, received a Float32Array. Convert it with cast().",
    ],
    [
      "a parameter of whole numbers",
      () => variable(i32([1]), { trainable: true }),
      "variable: int32[1] cannot be trained; only floats can",
    ],
    [
      "an assigned type",
      () => variable([1, 2]).assign(i32([1, 2])),
      "assign: expected float32[2], received int32[2]",
    ],
  ]);
});

describe("names, numbers, axes", () => {
  check(ArgumentError, [
    [
      "an element type, misspelt",
      () => tensor([1], "flaot32" as DType),
      'Unknown element type "flaot32". Did you mean "float32"? ' +
        "Expected one of: float32, float64, int32, uint8, bool.",
    ],
    [
      "an element type to cast to",
      () => zeros([1]).cast("int64" as DType),
      'Unknown element type "int64". Write "int32", or "float64" for whole numbers up to 2^53; files store I64. ' +
        "Expected one of: float32, float64, int32, uint8, bool.",
    ],
    [
      "an element type like no other",
      () => N.arange(0, 3, 1, "quaternion" as DType),
      'Unknown element type "quaternion". ' +
        "Expected one of: float32, float64, int32, uint8, bool.",
    ],
    [
      "padding",
      () => N.convolve2d(zeros([1, 3, 3, 1]), zeros([2, 2, 1, 1]), { padding: "SAME" as never }),
      'Unknown padding "SAME". Did you mean "same"? Expected one of: valid, same.',
    ],
    [
      "negative padding",
      () =>
        N.maxPool(zeros([1, 3, 3, 1]), 2, {
          padding: [
            [-1, 0],
            [0, 0],
          ],
        }),
      "maxPool: expected padding of whole numbers >= 0, received [[-1, 0], [0, 0]]",
    ],
    [
      "strides of 0",
      () => N.avgPool(zeros([1, 3, 3, 1]), 2, { strides: 0 }),
      "avgPool: expected strides to be a whole number above 0, or a pair of them, received 0",
    ],
    [
      "words",
      () => tensor(["a"] as never),
      'tensor: expected numbers or booleans, received "a" at [0]',
    ],
    [
      "nothing",
      () => tensor([null] as never),
      "tensor: expected numbers or booleans, received null at [0]",
    ],
    [
      "tensors in an array",
      () => tensor([tensor(1)] as never),
      "tensor: expected numbers or booleans, received a Tensor at [0]. Join tensors with stack().",
    ],
    [
      "a fraction among integers",
      () => i32([1]).add(0.5),
      "add: 0.5 is not a whole number, but the tensor is int32. Convert it with cast().",
    ],
    [
      "a number too large for bytes",
      () => zeros([1], "uint8").mul(300),
      "mul: 300 does not fit the tensor's element type uint8. Convert it with cast().",
    ],
    [
      "a root of whole numbers",
      () => i32([4]).pow(0.5),
      "pow: expected a whole power >= 0 of int32, received 0.5. Convert it with cast().",
    ],
    ["an axis", () => zeros([2, 3]).sum(2), "sum: axis 2 is out of range for shape [2, 3]"],
    [
      "a fraction as axis",
      () => zeros([2]).max(0.5),
      "max: axis 0.5 is out of range for shape [2]",
    ],
    ["an axis twice", () => zeros([2, 3]).sum([1, -1]), "sum: an axis is named twice in [1, -1]"],
    [
      "an axis that cannot be put in",
      () => N.expandDims(zeros([2, 3]), 4),
      "expandDims: axis 4 cannot be put into shape [2, 3]",
    ],
    ["flatten", () => zeros([2]).flatten(3), "flatten: axis 3 is out of range for shape [2]"],
    ["ravel", () => N.ravel(zeros([2]), 3), "ravel: axis 3 is out of range for shape [2]"],
    [
      "the largest of no whole numbers",
      () => zeros([0], "int32").max(),
      "max: shape [0] has no elements along axis 0",
    ],
    [
      "the smallest of nothing",
      () => zeros([2, 0]).argmin(1),
      "argmin: shape [2, 0] has no elements along axis 1",
    ],
    [
      "the average of nothing",
      () => zeros([0, 0]).mean(),
      "mean: shape [0, 0] has no elements along axis 0, 1",
    ],
    [
      "the spread of nothing",
      () => zeros([0]).std(),
      "std: shape [0] has no elements along axis 0",
    ],
    [
      "an index",
      () => zeros([2, 3]).at(0, 5),
      "at: index 5 is out of range for axis 1 of shape [2, 3]",
    ],
    ["a fraction as index", () => zeros([2]).at(0.5), "at: index 0.5 is not a whole number"],
    [
      "an index in a tensor",
      () => zeros([2, 3]).at(i32([1, -3])),
      "at: index -3 is out of range for axis 0 of shape [2, 3]",
    ],
    [
      "a place",
      () => N.take(zeros([2, 3]), i32([7]), 1),
      "take: index 7 is out of range for axis 1 of shape [2, 3]",
    ],
    [
      "a row to add to",
      () => N.scatterAdd(i32([4]), zeros([1]), 3),
      "scatterAdd: index 4 is out of range for axis 0 of shape [3]",
    ],
    ["too many indices", () => at(zeros([2]), 0, 0), "at: too many indices for shape [2]"],
    [
      "the rest twice",
      () => at(zeros([2]), "...", "..."),
      'at: "..." may stand for axes only once',
    ],
    [
      "a range",
      () => at(zeros([2]), "a:b"),
      'at: "a:b" is not a range such as "1:3", ":" or "::-1"',
    ],
    [
      "a range of step 0",
      () => at(zeros([2]), "::0"),
      'at: "::0" is not a range such as "1:3", ":" or "::-1"',
    ],
    [
      "a mask of another shape",
      () => at(zeros([2, 3]), tensor([true])),
      "at: a mask of shape [1] does not fit axes of shape [2]",
    ],
    [
      "a mask without axes",
      () => at(zeros([2]), tensor(true)),
      "at: a mask must have an axis, received bool[]",
    ],
    [
      "index tensors apart",
      () => at(zeros([2, 2, 2]), i32([0]), ":", i32([0])),
      "at: index tensors must stand side by side",
    ],
    ["a label", () => N.oneHot(i32([0, 3]), 3), "oneHot: label 3 is outside 0..2"],
    ["topK", () => N.topK(zeros([2]), 3), "topK: k = 3 is outside 0..2 for [2]"],
    ["nothing to join", () => N.concat([]), "concat: expected at least one tensor, received none"],
    [
      "padding for another rank",
      () => N.pad(zeros([2]), []),
      "pad: expected a pair of whole numbers >= 0 for each axis of [2], received []",
    ],
    [
      "repeats for another rank",
      () => N.tile(zeros([2]), [1, 2]),
      "tile: expected a whole number >= 0 for each axis of [2], received [1, 2]",
    ],
    ["a step of 0", () => N.arange(0, 3, 0), "arange: the step must not be 0"],
    [
      "an endless range",
      () => N.arange(Number.NaN),
      "arange: expected finite numbers, received start 0, stop NaN and step 1",
    ],
    [
      "a negative count",
      () => N.eye(-1),
      "eye: expected n to be a whole number of 0 or more, received -1",
    ],
    [
      "an equation",
      () => N.einsum("ij..->i", zeros([2, 2])),
      'einsum: "ij..->i" is not an equation such as "ij,jk->ik" or "...ij,...jk->...ik"',
    ],
    [
      "operands missing from an equation",
      () => N.einsum("ij,j->i", zeros([2, 2])),
      'einsum: "ij,j->i" names 2 operands, received 1',
    ],
    [
      "a result of unknown axes",
      () => N.einsum("ij->il", zeros([2, 2])),
      'einsum: the result "il" of "ij->il" has an unknown axis "l"',
    ],
    [
      "a seed",
      () => random.key(-1),
      "key: expected a whole number from 0 to 2^53 - 1, received -1",
    ],
    [
      "a stream",
      () => random.foldIn(random.key(1), -1),
      "foldIn: expected a whole number from 0 to 2^31 - 1, received -1",
    ],
    [
      "an empty range of numbers",
      () => random.randint(random.key(1), [2], 3, 3),
      "randint: expected whole numbers low < high within int32, received 3 and 3",
    ],
    [
      "axes for another number of arguments",
      () => vmap((a: Tensor, b: Tensor) => a.add(b), { inAxes: [0] })(zeros([2]), zeros([2])),
      "vmap: expected an axis or null for each of 2 arguments, received inAxes [0]",
    ],
    [
      "nothing mapped",
      () => vmap((a: Tensor) => a, { inAxes: [null] })(zeros([2])),
      "vmap: expected at least one mapped argument, received none",
    ],
    [
      "a loop of unknown length",
      () => scan((c: Tensor) => [c, c], zeros([]), null),
      "scan: expected sequences or { length }, received neither",
    ],
    [
      "a step that returns its carry only",
      () => scan(((c: Tensor) => c) as never, zeros([]), zeros([2])),
      "scan: expected the step to return [carry, y]",
    ],
    [
      "a carry of other names",
      () => scan(() => [{ b: zeros([]) }, null] as never, { a: zeros([]) }, zeros([2])),
      "scan: the carries before and after a step differ in structure at a",
    ],
    [
      "trees that differ",
      () => N.mapTree((a, b) => a.add(b!), { w: [zeros([1])] }, { w: [] as Tensor[] }),
      "mapTree: the trees differ in structure at w",
    ],
    [
      "a derivative by what is not there",
      () => (grad((x: Tensor) => x.sum(), { argument: 1 }) as (x: Tensor) => unknown)(zeros([2])),
      "grad: argument 1 was not passed. Call what grad(f) returns with the arguments of f.",
    ],
    [
      "a name twice",
      () => {
        const state = new N.State();
        state.add("w", variable(1));
        state.add("w", variable(1));
      },
      'state: "w" is taken already',
    ],
    [
      "a snapshot of another program",
      () => {
        const state = new N.State();
        state.add("w", variable(1));
        state.restore(new Map([["v", new Float32Array(1)]]));
      },
      "restore: the snapshot does not fit: missing w; unknown v",
    ],
    [
      "a snapshot of another size",
      () => {
        const state = new N.State();
        state.add("w", variable([1, 2]));
        state.restore(new Map([["w", new Float64Array(4)]]));
      },
      'restore: the snapshot does not fit: "w" is float32[2], the snapshot holds a Float64Array of 4',
    ],
  ]);
});

describe("derivatives", () => {
  check(GradientError, [
    [
      "of a vector",
      () => grad((x: Tensor) => x.mul(2))(zeros([2])),
      "grad: the function must return a scalar, but it returned shape [2]. " +
        "Reduce it with sum() or mean(), or use jacobian().",
    ],
    [
      "by whole numbers",
      () => grad((x: Tensor) => x.sum())(i32([1, 2])),
      "grad: int32[2] has no derivative; only float32 and float64 tensors have. " +
        "Pass it as another argument, or cast() it.",
    ],
    [
      "by a number",
      () => grad((_: number, x: Tensor) => x.sum())(3, zeros([2])),
      "grad: expected argument 0 to be a tensor or a record of them, received 3. Write tensor(3).",
    ],
    [
      "of whole numbers",
      () => grad((x: Tensor) => x.sum().cast("int32"))(zeros([2])),
      "grad: the function must return a float, but it returned int32",
    ],
    [
      "of a number",
      () => grad((x: Tensor) => x.sum().item())(zeros([2])),
      "grad: the function must return a scalar tensor, but it returned a number",
    ],
    [
      "of nothing",
      () => grad((_: Tensor) => undefined)(zeros([2])),
      "grad: the function must return a scalar tensor, but it returned nothing",
    ],
    [
      "of a pair",
      () => grad((x: Tensor) => [x.sum(), 1])(zeros([2])),
      "grad: the function must return a scalar tensor, but it returned an array. " +
        "For [loss, extra] pass { hasAux: true }.",
    ],
    [
      "of a pair that is none",
      () => grad((x: Tensor) => x.sum(), { hasAux: true })(zeros([2])),
      "grad: with hasAux the function must return [loss, extra], but it returned a tensor",
    ],
    [
      "by whole numbers, forward",
      () => N.jvp((x: Tensor) => x, [i32([1])], [i32([1])]),
      "jvp: int32[1] has no derivative; only float32 and float64 tensors have. " +
        "Use it from outside, or cast() it.",
    ],
    [
      "a matrix of a pair",
      () => N.jacobian((x: Tensor) => [x] as never)(zeros([2])),
      "jacobian: the function must return a tensor, but it returned an array",
    ],
    [
      "backward from a vector",
      () => variable([1, 2]).mul(2).backward(),
      "backward: expected a scalar, received shape [2]. Reduce it with sum() or mean() first.",
    ],
    [
      "backward to nothing",
      () => zeros([]).backward(),
      "backward: this tensor depends on no trainable variable. What noGrad(), stopGradient(), " +
        "a compiled function or an earlier backward() returned has no history.",
    ],
    [
      "backward twice",
      () => {
        const w = variable(2);
        const loss = w.mul(w);
        loss.backward();
        loss.backward();
      },
      "backward: the history of this tensor was released by an earlier backward(). " +
        "Compute it again, or pass { keepHistory: true } the first time.",
    ],
  ]);
});

describe("values while tracing", () => {
  const read =
    "The value of float32[] was read while tracing, when only its type is known. " +
    "Inside compile(), vmap() and scan() use where() in place of if, or read the value outside.";
  const leak =
    "A tensor float32[2] left the compile() that traced it. " +
    "Return it from the traced function instead of storing it outside.";

  /** A tensor that a traced function left outside. */
  function leaked(): Tensor {
    let outside: Tensor | undefined;
    compile((x: Tensor) => {
      outside = x.add(1);
      return x;
    })(zeros([2]));
    return outside!;
  }

  check(TraceError, [
    ["an if", () => compile((x: Tensor) => (x.item() > 1 ? x : x.neg()))(zeros([])), read],
    ["vmap", () => vmap((x: Tensor) => x.mul(x.item()))(zeros([3])), read],
    ["scan", () => scan((c: Tensor) => [c.mul(c.item()), c], zeros([]), zeros([3])), read],
    [
      "an array",
      () => compile((x: Tensor) => tensor(x.toArray()))(zeros([3])),
      read.replace("float32[]", "float32[3]"),
    ],
    [
      "a mask, whose count would be a shape",
      () => compile((x: Tensor) => at(x, x.greater(0)))(zeros([3])),
      read.replace("float32[]", "bool[3]"),
    ],
    ["an op on what leaked", () => leaked().add(1), leak],
    ["reading what leaked", () => leaked().toArray(), leak],
    [
      "tracing what leaked",
      () => {
        const outside = leaked();
        return compile((y: Tensor) => y.add(outside))(zeros([2]));
      },
      leak,
    ],
    [
      "assigning in a loop",
      () => {
        const w = variable(1);
        scan(
          (c: Tensor) => {
            w.assign(c);
            return [c, c];
          },
          zeros([]),
          zeros([3]),
        );
      },
      "assign: a variable cannot be assigned inside scan(). " +
        "Return the new value, and assign it outside.",
    ],
    [
      "backward in a loop",
      () => {
        const w = variable(1);
        vmap((x: Tensor) => {
          w.mul(x).backward();
          return x;
        })(zeros([3]));
      },
      "backward: inside vmap() variables keep no gradients; use grad() there.",
    ],
  ]);
});

describe("NaN and infinity under { finite: true }", () => {
  const w = variable([1, 2], { name: "w" });
  const run = (f: (x: Tensor) => unknown, x: Tensor) => compile(f, { finite: true })(x);
  check(NumberError, [
    [
      "a logarithm below 0, in its scope",
      () => run((x) => N.scope("loss", () => x.log()).sum(), tensor([-1, 2])),
      'compile: result 0 is not finite: op 0 (log in "loss", float32[2]) gave NaN first.',
    ],
    [
      "an overflow, though a later op is NaN",
      () => run((x) => [x, x.exp().sub(x.exp().mul(1))], tensor([1, 1000])),
      "compile: result 1 is not finite: op 0 (exp, float32[2]) gave an infinity first.",
    ],
    [
      "not the infinity of a mask",
      () =>
        run(
          (x) => {
            const masked = N.where(x.greater(5), x, Number.NEGATIVE_INFINITY);
            return masked.softmax();
          },
          tensor([1, 2]),
        ),
      "compile: result 0 is not finite: op 5 (where, float32[2]) gave an infinity first.",
    ],
    [
      "a new value of a variable",
      () => run((x) => w.assign(w.div(x)), zeros([2])),
      'compile: the new value of "w" is not finite: op 0 (div, float32[2]) gave an infinity first.',
    ],
    [
      "a gradient",
      () => run((x) => w.mul(x.exp()).sum().backward(), tensor([1, 99])),
      'compile: the gradient of "w" is not finite: op 0 (exp, float32[2]) gave an infinity first.',
    ],
    [
      "an argument",
      () => run((x) => x.add(1), tensor([Number.NaN])),
      "compile: result 0 is not finite: input 0 holds NaN already.",
    ],
  ]);
});
