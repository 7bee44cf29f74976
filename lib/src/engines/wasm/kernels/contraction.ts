// Products that add up, with what is computed from each finished vector before it is stored.

import { bytesPerElement } from "../../../ir/dtype.ts";
import type { Node } from "../../../ir/graph.ts";
import { sizeOf, stridesOf } from "../../../ir/shape.ts";
import { type FunctionBuilder, type Local, lane, plus } from "../code/index.ts";
import { type Element, elementsBelow, workOf } from "../lower/element.ts";
import type { Fusion } from "../lower/fusion.ts";
import type { Buffer, BufferView } from "../lower/view.ts";
import type { ArrayPlace, Strided } from "../memory/place.ts";
import type { CompileTarget, Keeping, Kernel, KernelContext, KernelMeasure } from "./kernel.ts";
import type { KeptAddresses } from "./loop/addresses.ts";
import { ElementWriter, type PlacedStore } from "./loop/writer.ts";
import {
  emitAllPanels,
  emitMatmul,
  layoutOf,
  type MatmulSpec,
  matmulUnits,
  matmulWork,
  measurePanels,
  panelsForTurns,
  withKeptPanels,
} from "./matmul/index.ts";
import type { Placing } from "./placing.ts";
import type { Epilogue, EpilogueIn } from "./tile/finish.ts";
import type { Accumulated } from "./tile/sums.ts";

/** Up to this much work an epilogue is written out beside every sum; else it is a function. */
const SHORT = 8;

/** From so many arrays on, it matters in which order what follows goes through them. */
const SEVERAL = 2;

/** How many arrays as large as the result are read behind the sums, or written, whichever is more. */
function arraysBehind(roots: readonly Element[], { outputs }: ContractionHead["node"]): number {
  const size = sizeOf(outputs[0]!.type.shape);
  const read = elementsBelow(roots).flatMap((element) =>
    element.kind === "load" && sizeOf(element.view.buffer.shape) >= size
      ? [element.view.buffer]
      : [],
  );
  return Math.max(roots.length, new Set(read).size);
}

export type ConvNode = Node<"conv"> | Node<"convGradInput"> | Node<"convGradKernel">;

/** The kernel of a convolution or of one of its gradients. */
type ConvKernel = (
  node: ConvNode,
  dtype: Accumulated,
  short: boolean,
  target: CompileTarget,
) => UnplacedContraction;

/** There with the ops. */
let convKernel: ConvKernel | null = null;

/** From now on there are kernels of convolutions. */
export function bringConvKernel(kernel: ConvKernel): void {
  convKernel = kernel;
}

type ContractionHead = Extract<Fusion["head"], { kind: "contraction" }>;

/** A contraction, measured; it is written for arrays in their places. */
export interface MeasuredContraction extends KernelMeasure {
  readonly emitAt: (place: Placing, stores: readonly PlacedStore[]) => Kernel["emit"];
  readonly ahead?: Ahead | undefined;
}

/** What another kernel makes of the second factor before the loop, for all turns. */
export interface Ahead {
  readonly array: Buffer;
  readonly at: (place: Placing) => Kernel;
}

/** @param roots what is computed from the sums */
export function measureContraction(
  { node, operands }: ContractionHead,
  roots: readonly Element[],
  target: CompileTarget,
  keep: Keeping,
): MeasuredContraction {
  const dtype = operands[0].buffer.dtype as Accumulated;
  const short = workOf(roots) <= SHORT;
  const behind = { short, isFollowed: arraysBehind(roots, node) >= SEVERAL };
  const { emit, ...measure } =
    node.op === "matmul"
      ? matmulKernel({ ...matmulSpec(dtype, ...operands), ...behind }, operands[1], target, keep)
      : convKernel!(node as ConvNode, dtype, short, target);
  return {
    ...measure,
    emitAt: (place, stores) => {
      const factors = operands.map((view) => viewPlace(view, place)) as [ArrayPlace, ArrayPlace];
      return (context, scratch) => {
        emit(context, factors, scratch, (inside) => storing(inside, stores, dtype), place);
      };
    },
  };
}

/** A contraction before it is known where its factors lie and what becomes of its sums. */
export interface UnplacedContraction extends KernelMeasure {
  readonly emit: (
    context: KernelContext,
    factors: readonly [ArrayPlace, ArrayPlace],
    scratch: ArrayPlace | null,
    epilogueIn: EpilogueIn,
    place: Placing,
  ) => void;
  readonly ahead?: Ahead | undefined;
}

function matmulKernel(
  given: MatmulSpec,
  right: BufferView,
  target: CompileTarget,
  keep: Keeping,
): UnplacedContraction {
  const finding =
    <Found>(find: (array: Buffer, key: string, bytes: number) => Found) =>
    (key: string, bytes: number) =>
      find(right.buffer, `${key} from ${right.offset}`, bytes);
  const panels = panelsForTurns(given, target, finding(keep.forTurns));
  const spec = panels
    ? { ...given, isReady: true }
    : withKeptPanels(given, target, finding(keep.forRuns));
  const addressIn = (place: Placing) => (panels ? place(panels).address : spec.kept?.address);
  return {
    name: "matmul",
    units: matmulUnits(spec, target),
    work: matmulWork(spec),
    scratchBytes: layoutOf(spec, target).bytes,
    perThread: true,
    kept: spec.kept,
    isReady: panels !== null,
    ahead: panels ? { array: panels, at: panelsKernel(spec, right, panels, target) } : undefined,
    emit: (context, [a, b], scratch, epilogueIn, place) => {
      const placed = { ...spec, a, b, panels: addressIn(place) ?? null };
      emitMatmul(context, placed, scratch, epilogueIn);
    },
  };
}

/** Makes all panels of the second factor. */
function panelsKernel(spec: MatmulSpec, right: BufferView, panels: Buffer, target: CompileTarget) {
  return (place: Placing): Kernel => {
    const [b, to] = [viewPlace(right, place), place(panels)];
    return {
      ...measurePanels(spec, target),
      reads: [b],
      writes: [to],
      emit: (context) => emitAllPanels(context, spec, b, to.address),
    };
  };
}

function matmulSpec(dtype: Accumulated, left: BufferView, right: BufferView): MatmulSpec {
  const [a, b] = [left, right].map(({ shape, strides }) => ({ dtype, shape, strides })) as [
    Strided,
    Strided,
  ];
  const [m, k] = a.shape.slice(-2) as [number, number];
  return { dtype, batch: a.shape.slice(0, -2), m, k, n: b.shape.at(-1)!, a, b };
}

/** Computes and stores what follows from finished vectors, lane by lane where it must. */
function storing(
  context: KernelContext,
  stores: readonly PlacedStore[],
  dtype: Accumulated,
): Epilogue {
  const { f } = context;
  const elements = stores.map(({ element }) => element);
  const views = stores.map(({ view }) => view);
  const writer = new ElementWriter(context, elements);
  return {
    paired: writer.paired,
    row: (batch, row) => {
      const pointers = writer.hoist(elements, views, [...batch, row]);
      return (column) => {
        const kept: KeptAddresses = new Map();
        return (ahead, lanes, values) => {
          if (writer.vector) {
            const index = [...batch, row, column];
            writer.write(stores, { index, lanes, ahead, heads: values, kept }, pointers);
            return;
          }
          for (let at = 0; at < lanes; at++) {
            const index = [...batch, row, f.keep(plus(column, ahead + at), "column")];
            const heads = [extract(f, dtype, values[0]!, at)];
            writer.write(stores, { index, lanes: 1, heads }, pointers);
          }
        };
      };
    },
  };
}

const EXTRACT = {
  float32: "f32x4.extract_lane",
  float64: "f64x2.extract_lane",
  int32: "i32x4.extract_lane",
};

function extract(f: FunctionBuilder, dtype: Accumulated, value: Local, at: number): Local {
  return f.keep(lane(EXTRACT[dtype], at, value), "one");
}

/** A view as a place with strides. */
function viewPlace({ buffer, shape, strides, offset }: BufferView, place: Placing): ArrayPlace {
  const whole = place(buffer);
  const address = whole.address + offset * bytesPerElement(whole.dtype);
  return { ...whole, shape, strides: shape.length === 0 ? stridesOf(shape) : strides, address };
}
