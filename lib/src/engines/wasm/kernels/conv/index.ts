// Convolution and its two gradients as kernels.

import { sizeOf } from "../../../../ir/shape.ts";
import type { ArrayPlace } from "../../memory/place.ts";
import type { ConvNode, UnplacedContraction } from "../contraction.ts";
import type { CompileTarget, KernelContext } from "../kernel.ts";
import type { EpilogueIn } from "../tile/finish.ts";
import type { Accumulated } from "../tile/sums.ts";
import { emitForward, forwardScratch, forwardUnits } from "./forward.ts";
import type { ConvSpec, PlacedConv } from "./geometry.ts";
import { emitGradInput, gradInputScratch, gradInputUnits } from "./grad-input.ts";
import { emitGradKernel, gradKernelScratch, gradKernelUnits } from "./grad-kernel.ts";

interface Algorithm {
  /** Each thread has scratch memory of its own. */
  readonly perThread: boolean;
  readonly units: (spec: ConvSpec, target: CompileTarget) => number;
  readonly scratch: (spec: ConvSpec, target: CompileTarget) => number;
  readonly emit: (
    context: KernelContext,
    spec: PlacedConv,
    scratch: ArrayPlace | null,
    epilogueIn: EpilogueIn,
  ) => void;
}

const ALGORITHMS: Readonly<Record<ConvNode["op"], Algorithm>> = {
  conv: { perThread: true, units: forwardUnits, scratch: forwardScratch, emit: emitForward },
  convGradInput: {
    perThread: true,
    units: gradInputUnits,
    scratch: gradInputScratch,
    emit: emitGradInput,
  },
  convGradKernel: {
    perThread: false,
    units: gradKernelUnits,
    scratch: gradKernelScratch,
    emit: emitGradKernel,
  },
};

export function convKernel(
  node: ConvNode,
  dtype: Accumulated,
  short: boolean,
  target: CompileTarget,
): UnplacedContraction {
  const spec = convSpec(node, dtype, short);
  const { perThread, units, scratch: bytes, emit } = ALGORITHMS[node.op];
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

/** The images, kernel and results of whichever of the three ops it is. */
function convSpec(node: ConvNode, dtype: Accumulated, short: boolean): ConvSpec {
  const [first, second] = node.inputs.map(({ type }) => type.shape);
  const result = node.outputs[0]!.type.shape;
  const { params } = node;
  const rest = { dtype, params, short };
  if (node.op === "conv") return { x: first!, w: second!, y: result, ...rest };
  if (node.op === "convGradInput") return { x: result, w: second!, y: first!, ...rest };
  return { x: first!, w: result, y: second!, ...rest };
}

/** How many products are added up. */
function convWork({ w, y }: ConvSpec): number {
  return sizeOf(y) * sizeOf(w.slice(0, 3));
}
