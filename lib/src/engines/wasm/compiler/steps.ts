// A plan as kernels in their places, in the order in which they run; loops hold steps of their own.

import { bytesPerElement } from "../../../ir/dtype.ts";
import type { Node } from "../../../ir/graph.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { Global, ModuleBuilder } from "../code/index.ts";
import type { Kernel, Target } from "../kernels/kernel.ts";
import type { Placing } from "../kernels/placing.ts";
import { copyKernel } from "../kernels/special/index.ts";
import type { Buffer } from "../lower/view.ts";
import type { Place } from "../memory/place.ts";
import { type Loop, loopOf, type Plan, placeAt } from "./plan.ts";

export type Step =
  | { readonly kind: "kernel"; readonly kernel: Kernel; readonly scratch: Place | null }
  | {
      readonly kind: "loop";
      /** The number of the slice that a step works on. */
      readonly counter: Global;
      readonly length: number;
      readonly reverse: boolean;
      /** Copies the initial carries to where the loop keeps them. */
      readonly before: readonly Kernel[];
      readonly body: readonly Step[];
    };

/** What all parts of a program share. */
export interface Site {
  readonly target: Target;
  readonly module: ModuleBuilder;
  readonly constants: ReadonlyMap<Node, number>;
}

/** @param start the address of the plan's arena */
export function stepsOf(plan: Plan, place: Placing, start: number, site: Site): Step[] {
  return plan.schedule.fusions.map((fusion, i): Step => {
    const address = start + plan.arena.scratch[i]!;
    const loop = loopOf(fusion);
    if (loop) return loopStep(loop, plan.bodies.get(fusion)!, place, address, site);
    const bytes = plan.scratch[i]!;
    const scratch: Place | null =
      bytes > 0 ? { dtype: "uint8", shape: [bytes], strides: [1], address } : null;
    return { kind: "kernel", kernel: plan.kernels.get(fusion)!.at(place), scratch };
  });
}

function loopStep(loop: Loop, plan: Plan, place: Placing, start: number, site: Site): Step {
  const { length, reverse, carries, constants } = loop.node.params;
  const counter = site.module.global(`step${site.module.globals.length}`, "i32");
  const initial = loop.operands.slice(constants, constants + carries);
  return {
    kind: "loop",
    counter,
    length,
    reverse,
    before: initial.map(({ buffer }, i) => copyKernel(place(buffer), place(loop.results[i]!))),
    body: stepsOf(plan, bodyPlacing(loop, plan, place, start, counter, site), start, site),
  };
}

/** Where the arrays of a body are: see planBody for what its arguments, storages and results stand for. */
function bodyPlacing(
  { node, operands, results }: Loop,
  plan: Plan,
  outer: Placing,
  start: number,
  counter: Global,
  site: Site,
): Placing {
  const { constants, carries, length } = node.params;
  const slice = (whole: Place, { dtype, shape }: Buffer): Place => {
    const bytes = sizeOf(shape) * bytesPerElement(dtype);
    const own = placeAt({ dtype, shape } as Buffer, whole.address);
    return { ...own, stepping: [...(whole.stepping ?? []), { counter, bytes, length }] };
  };
  return (buffer) => {
    const home = plan.schedule.homes.get(buffer);
    if (!home) return placeAt(buffer, start + plan.arena.offsets.get(buffer)!);
    const { kind, index } = home;
    switch (kind) {
      case "argument": {
        if (index < constants) return reshaped(outer(operands[index]!.buffer), buffer);
        return slice(outer(operands[carries + index]!.buffer), buffer);
      }
      case "variable":
        return reshaped(outer(results[index]!), buffer);
      case "result":
        return slice(outer(results[carries + index]!), buffer);
      case "constant":
        return placeAt(buffer, site.constants.get(plan.schedule.constants[index]!)!);
    }
  };
}

/** The same memory as an array of the buffer's shape. */
function reshaped(place: Place, buffer: Buffer): Place {
  return { ...placeAt(buffer, place.address), stepping: place.stepping };
}

/** All kernels, those of loops too, in the order of the text. */
export function kernelsOf(steps: readonly Step[]): Kernel[] {
  return steps.flatMap((step) =>
    step.kind === "kernel" ? [step.kernel] : [...step.before, ...kernelsOf(step.body)],
  );
}
