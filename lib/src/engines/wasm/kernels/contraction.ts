// Products that add up, with what is computed from each finished vector before it is stored.

import { bytesPerElement } from "../../../ir/dtype.ts";
import { stridesOf } from "../../../ir/shape.ts";
import { type FunctionBuilder, type Local, lane, type Operand, op } from "../code/index.ts";
import { type Element, workOf } from "../lower/element.ts";
import type { Fusion } from "../lower/fusion.ts";
import type { BufferView } from "../lower/view.ts";
import type { ArrayPlace, Strided } from "../memory/place.ts";
import { type ConvNode, convAlgorithm, convSpec, convWork } from "./conv/index.ts";
import type { CompileTarget, Kernel, KernelContext, KernelMeasure } from "./kernel.ts";
import { ElementWriter, type PlacedStore } from "./loop/writer.ts";
import { emitMatmul, layoutOf, type MatmulSpec, matmulUnits, matmulWork } from "./matmul/index.ts";
import type { Placing } from "./placing.ts";
import type { EpilogueIn } from "./tile/finish.ts";
import type { Accumulated } from "./tile/sums.ts";

/** Up to this much work an epilogue is written out beside every sum; else it is a function. */
const SHORT = 8;

type ContractionHead = Extract<Fusion["head"], { kind: "contraction" }>;

/** A contraction, measured; it is written for arrays in their places. */
export interface MeasuredContraction extends KernelMeasure {
  readonly emitAt: (place: Placing, stores: readonly PlacedStore[]) => Kernel["emit"];
}

/** @param roots what is computed from the sums */
export function measureContraction(
  { node, operands }: ContractionHead,
  roots: readonly Element[],
  target: CompileTarget,
): MeasuredContraction {
  const dtype = operands[0].buffer.dtype as Accumulated;
  const short = workOf(roots) <= SHORT;
  const { emit, ...measure } =
    node.op === "matmul"
      ? matmulKernel({ ...matmulSpec(dtype, ...operands), short }, target)
      : convKernel(node as ConvNode, dtype, short, target);
  return {
    ...measure,
    emitAt: (place, stores) => {
      const factors = operands.map((view) => viewPlace(view, place)) as [ArrayPlace, ArrayPlace];
      return (context, scratch) => {
        emit(context, factors, scratch, (inside) => {
          const store = storing(inside, stores, dtype);
          return ({ batch, row, column, lanes }, value) =>
            store([...batch, row, column], lanes, value);
        });
      };
    },
  };
}

/** A contraction before it is known where its factors lie and what becomes of its sums. */
interface UnplacedContraction extends KernelMeasure {
  readonly emit: (
    context: KernelContext,
    factors: readonly [ArrayPlace, ArrayPlace],
    scratch: ArrayPlace | null,
    epilogueIn: EpilogueIn,
  ) => void;
}

function matmulKernel(spec: MatmulSpec, target: CompileTarget): UnplacedContraction {
  return {
    name: "matmul",
    units: matmulUnits(spec, target),
    work: matmulWork(spec),
    scratchBytes: layoutOf(spec, target).bytes,
    perThread: true,
    emit: (context, [a, b], scratch, epilogueIn) =>
      emitMatmul(context, { ...spec, a, b }, scratch, epilogueIn),
  };
}

function convKernel(
  node: ConvNode,
  dtype: Accumulated,
  short: boolean,
  target: CompileTarget,
): UnplacedContraction {
  const spec = convSpec(node, dtype, short);
  const { perThread, units, scratch: bytes, emit } = convAlgorithm(node);
  return {
    name: node.op,
    units: units(spec, target),
    work: convWork(spec),
    scratchBytes: bytes(spec, target),
    perThread,
    emit: (context, operands, scratch, epilogueIn) =>
      emit(context, { ...spec, operands }, scratch, epilogueIn),
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

/** Computes and stores what follows from a finished vector, lane by lane where it must. */
function storing(context: KernelContext, stores: readonly PlacedStore[], dtype: Accumulated) {
  const { f } = context;
  const writer = new ElementWriter(
    context,
    stores.map(({ element }) => element),
  );
  return (index: readonly Operand[], lanes: number, value: Local): void => {
    if (writer.vector) {
      writer.write(stores, { index, lanes, head: value });
      return;
    }
    for (let at = 0; at < lanes; at++) {
      const column = f.keep(op("i32.add", index.at(-1)!, at), "column");
      const head = extract(f, dtype, value, at);
      writer.write(stores, { index: [...index.slice(0, -1), column], lanes: 1, head });
    }
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
