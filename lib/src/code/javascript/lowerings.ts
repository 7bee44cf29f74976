// Each op as a call in JavaScript: flat arrays in, one flat array out, shapes written out as numbers.

import { isFloat } from "../../ir/dtype.ts";
import type { Node, Value } from "../../ir/graph.ts";
import type { OpName } from "../../ir/op-signatures.ts";
import type { OpParams } from "../../ir/op-table.ts";
import { otherAxes, type Shape, sameShape, sizeOf, stridesOf } from "../../ir/shape.ts";
import { offsetOf, splitAt } from "../../ops/arithmetic/strided.ts";
import { castWords, ELEMENTWISE } from "./elementwise.ts";

/** What an op is written with: names of its operands, and what else the module must hold. */
export interface LoweringSite<N extends OpName = OpName> {
  readonly node: Node<N>;
  readonly params: OpParams<N>;
  readonly inputs: readonly Value[];
  readonly names: readonly string[];
  /** Notes that a helper is called, and gives its name. */
  readonly use: (helper: string) => string;
}

/** An expression of the result. */
type Lowering<N extends OpName> = (site: LoweringSite<N>) => string;

export const ARRAYS = {
  float32: "Float32Array",
  float64: "Float64Array",
  int32: "Int32Array",
  uint8: "Uint8Array",
  bool: "Uint8Array",
} as const;

const list = (numbers: readonly unknown[]): string => `[${numbers.join(", ")}]`;
const shapeIn = ({ inputs }: LoweringSite, i = 0): Shape => inputs[i]!.type.shape;
const typeOut = ({ node }: LoweringSite) => node.outputs[0]!.type;
const arrayOut = (site: LoweringSite) => ARRAYS[typeOut(site).dtype];

function elementwise(site: LoweringSite): string {
  const { dtype, shape } = typeOut(site);
  const operands = site.names.map((name) => (name.endsWith("]") ? name : `${name}[i]`));
  const { code, needs = [] } =
    site.node.op === "cast"
      ? castWords(operands[0]!, site.inputs[0]!.type.dtype, dtype)
      : ELEMENTWISE[site.node.op]!(operands, dtype);
  needs.forEach(site.use);
  return `${site.use("each")}(${ARRAYS[dtype]}, ${sizeOf(shape)}, (i) => ${code})`;
}

/** Elements of the first operand at other places. */
function view(site: LoweringSite, shape: Shape, at: number, strides: readonly number[]): string {
  return `${site.use("view")}(${arrayOut(site)}, ${list(shape)}, ${site.names[0]}, ${at}, ${list(strides)})`;
}

/** The first operand with some axes last, as an expression, and how many rows and elements in each that is. */
function axesLast(site: LoweringSite, axes: readonly number[]) {
  const shape = shapeIn(site);
  const kept = otherAxes(shape.length, axes);
  const perm = [...kept, ...[...axes].sort((a, b) => a - b)];
  const strides = stridesOf(shape);
  const isInPlace = perm.every((axis, i) => axis === i);
  const dims = perm.map((axis) => shape[axis]!);
  const moved = () => view(site, dims, 0, perm.map((axis) => strides[axis]!)); // biome-ignore format: one line
  return {
    x: isInPlace ? site.names[0]! : moved(),
    rows: sizeOf(kept.map((axis) => shape[axis]!)),
    length: sizeOf(axes.map((axis) => shape[axis]!)),
  };
}

const reduced =
  (helper: string): Lowering<"sum" | "reduceMax"> =>
  (site) => {
    const { x, rows, length } = axesLast(site, site.params.axes);
    return `${site.use(helper)}(${arrayOut(site)}, ${rows}, ${length}, ${x})`;
  };

const geometryOf = ({ strides, padding, dilation, groups }: OpParams<"conv">): string =>
  list([list(strides), list(padding.map(([low]) => low)), list(dilation), groups]);

const scattered =
  (first: (dtype: string) => string, f: string): Lowering<"scatterAdd" | "scatterMax"> =>
  (site) => {
    const { dtype, shape } = typeOut(site);
    const width = sizeOf(shape.slice(1));
    const [indices, updates] = site.names;
    return `${site.use("scatter")}(${ARRAYS[dtype]}, ${shape[0]}, ${width}, ${indices}, ${updates}, ${first(dtype)}, ${f})`;
  };

const LOWEST: Readonly<Record<string, string>> = { int32: "-2147483648", uint8: "0" };

/** The same numbers: nothing is written over, so that two names may stand for one array. */
const same = ({ names }: LoweringSite): string => names[0]!;

const WRITTEN: { readonly [N in OpName]?: Lowering<N> } = {
  cast: elementwise as Lowering<"cast">,
  stopGradient: same,
  reshape: same,
  iota: (site) => `${site.use("each")}(${arrayOut(site)}, ${site.params.length}, (i) => i)`,
  transpose: (site) => {
    const strides = stridesOf(shapeIn(site));
    return view(
      site,
      typeOut(site).shape,
      0,
      site.params.perm.map((axis) => strides[axis]!),
    );
  },
  expand: (site) => {
    const [from, { shape }] = [shapeIn(site), typeOut(site)];
    if (sameShape(from, shape)) return site.names[0]!;
    const strides = stridesOf(from).map((stride, axis) => (from[axis] === 1 ? 0 : stride));
    return view(site, shape, 0, strides);
  },
  flip: (site) => {
    const [shape, strides] = [shapeIn(site), stridesOf(shapeIn(site))];
    const isFlipped = (axis: number) => site.params.axes.includes(axis) && shape[axis]! > 0;
    const last = shape.map((dim, axis) => (isFlipped(axis) ? dim - 1 : 0));
    const turned = strides.map((stride, axis) => (isFlipped(axis) ? -stride : stride));
    return view(site, shape, offsetOf(shape, last), turned);
  },
  slice: (site) => {
    const { start, step } = site.params;
    const strides = stridesOf(shapeIn(site)).map((stride, axis) => stride * step[axis]!);
    return view(site, typeOut(site).shape, offsetOf(shapeIn(site), start), strides);
  },
  pad: (site) => {
    const { low, interior } = site.params;
    const { shape } = typeOut(site);
    const strides = stridesOf(shape).map((stride, axis) => stride * (interior[axis]! + 1));
    return placed(site, [[0, offsetOf(shape, low), strides]]);
  },
  concat: (site) => {
    const { axis } = site.params;
    const strides = stridesOf(typeOut(site).shape);
    let start = 0;
    const parts = site.inputs.map(({ type }, i): Part => {
      const at = start * strides[axis]!;
      start += type.shape[axis]!;
      return [i, at, strides];
    });
    return placed(site, parts);
  },
  sum: reduced("total") as Lowering<"sum">,
  reduceMax: reduced("largest") as Lowering<"reduceMax">,
  cumsum: (site) =>
    `${site.use("running")}(${arrayOut(site)}, ${list(splitAt(shapeIn(site), site.params.axis))}, ${site.names[0]}, ${site.params.reverse})`,
  argmax: (site) =>
    `${site.use("winner")}(${list(splitAt(shapeIn(site), site.params.axis))}, ${site.names[0]})`,
  argsort: (site) =>
    `${site.use("order")}(${list(splitAt(shapeIn(site), site.params.axis))}, ${site.names[0]}, ${site.params.descending})`,
  gather: (site) => {
    const [n, ...rest] = shapeIn(site);
    return `${site.use("rows")}(${arrayOut(site)}, ${n}, ${sizeOf(rest)}, ${site.names.join(", ")})`;
  },
  scatterAdd: scattered(() => "0", "(a, b) => a + b") as Lowering<"scatterAdd">,
  scatterMax: scattered(
    (dtype) => LOWEST[dtype] ?? "-Infinity",
    "Math.max",
  ) as Lowering<"scatterMax">,
  matmul: (site) => {
    const [a, b] = [shapeIn(site), shapeIn(site, 1)];
    const sizes = [sizeOf(a.slice(0, -2)), a.at(-2), a.at(-1), b.at(-1)];
    return `${site.use("product")}(${arrayOut(site)}, ${sizes.join(", ")}, ${site.names.join(", ")})`;
  },
  conv: (site) => {
    const shapes = [shapeIn(site), shapeIn(site, 1), typeOut(site).shape].map(list);
    return `${site.use("convolve")}(${arrayOut(site)}, ${list(shapes)}, ${geometryOf(site.params)}, ${site.names.join(", ")})`;
  },
  convGradInput: (site) => {
    const shapes = [typeOut(site).shape, shapeIn(site, 1), shapeIn(site)].map(list);
    return `${site.use("spread")}(${arrayOut(site)}, ${list(shapes)}, ${geometryOf(site.params)}, ${site.names.join(", ")})`;
  },
  maxPool: (site) => {
    const { window, strides, padding } = site.params;
    const geometry = list([list(window), list(strides), list(padding.map(([low]) => low))]);
    return `${site.use("pool")}(${arrayOut(site)}, ${list(shapeIn(site))}, ${list(typeOut(site).shape)}, ${geometry}, ${site.names[0]})`;
  },
};

type Part = readonly [input: number, at: number, strides: readonly number[]];

/** Operands put into an array of zeros. */
function placed(site: LoweringSite, parts: readonly Part[]): string {
  const zeros = `new ${arrayOut(site)}(${sizeOf(typeOut(site).shape)})`;
  return parts.reduce((into, [i, at, strides]) => {
    return `${site.use("place")}(${into}, ${list(shapeIn(site, i))}, ${site.names[i]}, ${at}, ${list(strides)})`;
  }, zeros);
}

/** Their products of integers would need more bits than a double has; no layer asks for them. */
const OF_FLOATS: readonly OpName[] = ["matmul", "conv", "convGradInput"];

/** Whether an op reads of each operand the element that it gives. */
export function readsByElement(op: OpName): boolean {
  return op === "cast" || Object.hasOwn(ELEMENTWISE, op);
}

/** How a node is written; null for one that is not. */
export function loweringOf({ op, outputs }: Node): ((site: LoweringSite) => string) | null {
  if (Object.hasOwn(ELEMENTWISE, op)) return elementwise;
  if (OF_FLOATS.includes(op) && !isFloat(outputs[0]!.type.dtype)) return null;
  return (WRITTEN[op] as Lowering<OpName> | undefined) ?? null;
}
