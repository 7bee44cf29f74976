// One node of a model as its row of the table reads it: operands, attributes, and numbers that must be known.

import { NeuriteError, TraceError } from "../../../checks/errors.ts";
import { showShape, sizeOf } from "../../../ir/shape.ts";
import { elementsOf, type Tensor } from "../../../runtime/values/tensor.ts";
import { cast } from "../../../tensor/elementwise.ts";
import { broadcastShapes } from "../../../tensor/operands/broadcast.ts";
import {
  type AttributeProto,
  type GraphProto,
  AttributeProto_AttributeType as Kind,
  type NodeProto,
} from "../../schema/generated/onnx_pb.ts";
import { elementName, type HeldTensor, heldOnce } from "./elements.ts";
import { OnnxError } from "./errors.ts";

/** Runs a graph inside a node, with the values around it in sight. */
export type RunGraph = (graph: GraphProto, inputs: readonly HeldTensor[]) => HeldTensor[];

/** What a row gives: one tensor, or one for each output; undefined where an output is not computed. */
export type Results = Tensor | readonly (Tensor | undefined)[];

const utf8 = new TextDecoder("utf-8");

/** How long a list of an attribute, or of known numbers, may be. */
const MOST_NUMBERS = 2 ** 22;
/** Elements of one result that may be larger than its operands: 512 MiB of float32. */
const MOST_ELEMENTS = 2 ** 27;

export class Call {
  readonly node: NodeProto;
  readonly opset: number;
  readonly runGraph: RunGraph;
  /** The ONNX types of outputs that their tensors alone do not tell. */
  readonly elements: Map<number, number> = new Map();
  readonly #inputs: readonly (HeldTensor | undefined)[];
  readonly attributes: readonly AttributeProto[];
  readonly #attributes: ReadonlyMap<string, AttributeProto>;
  readonly #read = new Set<string>();

  constructor(
    node: NodeProto,
    inputs: readonly (HeldTensor | undefined)[],
    opset: number,
    runGraph: RunGraph,
    attributes: readonly AttributeProto[],
  ) {
    this.node = node;
    this.opset = opset;
    this.runGraph = runGraph;
    this.#inputs = inputs;
    this.attributes = attributes;
    this.#attributes = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  }

  /** The node as errors name it: `Conv "stem"`. */
  get where(): string {
    const { opType, name } = this.node;
    return name === "" ? opType : `${opType} ${JSON.stringify(name)}`;
  }

  refuse(why: string): OnnxError {
    return new OnnxError(`${this.where}: ${why}`);
  }

  // ---- operands

  get count(): number {
    return this.#inputs.length;
  }

  /** Outputs that something reads, or may read. */
  wants(output: number): boolean {
    return (this.node.output[output] ?? "") !== "";
  }

  held(i: number): HeldTensor {
    const held = this.#inputs[i];
    if (held) return held;
    throw this.refuse(`input ${i} is missing`);
  }

  x(i: number): Tensor {
    return this.held(i).tensor;
  }

  maybe(i: number): Tensor | undefined {
    return this.#inputs[i]?.tensor;
  }

  /** All operands. */
  all(): Tensor[] {
    if (this.count === 0) throw this.refuse("there is no input");
    return this.#inputs.map((_, i) => this.x(i));
  }

  /** Two operands that broadcast. @throws OnnxError where the result would be too large */
  pair(first = 0): [a: Tensor, b: Tensor] {
    const [a, b] = [this.x(first), this.x(first + 1)];
    this.sized(broadcastShapes(this.where, a.type.shape, b.type.shape));
    return [a, b];
  }

  /** The ONNX element type of an operand; 0 where there is none. */
  element(i: number): number {
    return this.#inputs[i]?.element ?? 0;
  }

  /** An operand of a rank that the row covers. */
  ranked(i: number, least: number, most: number = least): Tensor {
    const x = this.x(i);
    if (x.rank >= least && x.rank <= most) return x;
    const axes = least === most ? `${least}` : `${least} to ${most}`;
    throw this.refuse(`input ${i} has shape ${showShape(x.shape)}; covered are ${axes} axes`);
  }

  axis(axis: number, rank: number): number {
    const at = axis < 0 ? axis + rank : axis;
    if (Number.isInteger(at) && at >= 0 && at < rank) return at;
    throw this.refuse(`axis ${axis} is out of range for ${rank} axes`);
  }

  axes(axes: readonly number[], rank: number): number[] {
    return axes.map((axis) => this.axis(axis, rank));
  }

  /**
   * The numbers of an operand, which must be known before the model runs: shapes, axes, counts.
   * @throws TraceError where they depend on what is computed: the model then runs op by op
   */
  numbers(i: number): number[] {
    const x = this.x(i);
    if (x.size > MOST_NUMBERS)
      throw this.refuse(`input ${i} has ${x.size} numbers, too many to read`);
    try {
      return Array.from(elementsOf(x));
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      throw new TraceError(`${this.where}: input ${i} must be known when the model is compiled`);
    }
  }

  numbersOr<T>(i: number, otherwise: T): number[] | T {
    return this.maybe(i) ? this.numbers(i) : otherwise;
  }

  /** The only number of an operand. */
  number(i: number): number {
    const numbers = this.numbers(i);
    if (numbers.length === 1) return numbers[0]!;
    throw this.refuse(`expected one number as input ${i}, received ${numbers.length}`);
  }

  numberOr<T>(i: number, otherwise: T): number | T {
    return this.maybe(i) ? this.number(i) : otherwise;
  }

  /** A shape that a result can have. @throws OnnxError for one that is none, or too large */
  sized(shape: readonly number[]): readonly number[] {
    const size = sizeOf(shape);
    const wrong = shape.some((dim) => !Number.isInteger(dim) || dim < 0);
    if (!wrong && size <= MOST_ELEMENTS) return shape;
    throw this.refuse(
      `a result of shape ${showShape(shape)} is ${wrong ? "not possible" : "too large"}`,
    );
  }

  // ---- attributes

  has(name: string): boolean {
    this.#read.add(name);
    return this.#attributes.has(name);
  }

  #attribute(name: string, kind: Kind): AttributeProto | undefined {
    this.#read.add(name);
    const found = this.#attributes.get(name);
    if (!found) return undefined;
    const { type } = found;
    if (type === kind || type === Kind.UNDEFINED) return found;
    const said = Object.entries(Kind).find(([, number]) => number === kind)?.[0];
    throw this.refuse(`attribute ${name} is of another kind than ${said}`);
  }

  #required<T>(name: string, value: T | undefined): T {
    if (value !== undefined) return value;
    throw this.refuse(`attribute ${name} is missing`);
  }

  int(name: string, otherwise?: number): number {
    const found = this.#attribute(name, Kind.INT);
    return this.#required(name, found ? Number(found.i) : otherwise);
  }

  flag(name: string, otherwise = false): boolean {
    return this.int(name, Number(otherwise)) !== 0;
  }

  float(name: string, otherwise?: number): number {
    return this.#required(name, this.#attribute(name, Kind.FLOAT)?.f ?? otherwise);
  }

  ints(name: string): number[] | undefined {
    const found = this.#attribute(name, Kind.INTS);
    if (found && found.ints.length > MOST_NUMBERS)
      throw this.refuse(`attribute ${name} is too long`);
    return found?.ints.map(Number);
  }

  floats(name: string): number[] | undefined {
    return this.#attribute(name, Kind.FLOATS)?.floats;
  }

  texts(name: string): string[] | undefined {
    return this.#attribute(name, Kind.STRINGS)?.strings.map((bytes) => utf8.decode(bytes));
  }

  /** A text that is no name. */
  anyText(name: string): string {
    const found = this.#attribute(name, Kind.STRING);
    return utf8.decode(this.#required(name, found?.s));
  }

  /** One of the names that the row covers. */
  text(name: string, otherwise: string, covered: readonly string[]): string {
    const found = this.#attribute(name, Kind.STRING);
    const text = found ? utf8.decode(found.s) : otherwise;
    if (covered.includes(text)) return text;
    throw this.refuse(
      `${name} ${JSON.stringify(text)} is not covered; covered are ${covered.join(", ")}`,
    );
  }

  tensor(name: string): HeldTensor | undefined {
    const proto = this.#attribute(name, Kind.TENSOR)?.t;
    return proto && heldOnce(proto, `attribute ${name} of ${this.where}`);
  }

  graph(name: string): GraphProto {
    return this.#required(name, this.#attribute(name, Kind.GRAPH)?.g);
  }

  /** Attributes that change nothing here. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#read.add(name);
  }

  /** @throws OnnxError for an attribute that the row did not ask for: it might mean something */
  expectAllRead(): void {
    for (const name of this.#attributes.keys()) {
      if (!this.#read.has(name)) throw this.refuse(`attribute ${name} is not covered`);
    }
  }

  // ---- results

  /** Says the ONNX type of an output. */
  says(output: number, element: number): void {
    this.elements.set(output, element);
  }

  /** The tensor as another of the call's element types. */
  like(x: Tensor, other: Tensor): Tensor {
    return x.dtype === other.dtype ? x : cast(x, other.dtype);
  }

  elementName(i: number): string {
    return elementName(this.element(i));
  }
}

/** An error that says where it arose, and that the library threw on purpose. */
export function located(call: Call, error: unknown): unknown {
  if (error instanceof TraceError || error instanceof OnnxError) return error;
  if (!(error instanceof NeuriteError)) return error;
  return new OnnxError(`${call.where}: ${error.message}`, { cause: error });
}
