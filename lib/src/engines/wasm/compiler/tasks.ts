// A plan as kernels in their places, in the order in which they run; loops hold tasks of their own.

import { bytesPerElement } from "../../../ir/dtype.ts";
import type { Node } from "../../../ir/graph.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { Global, ModuleBuilder } from "../code/index.ts";
import type { CompileTarget, Kernel } from "../kernels/kernel.ts";
import type { Placing } from "../kernels/placing.ts";
import { copyKernel } from "../kernels/special/index.ts";
import type { Buffer } from "../lower/view.ts";
import type { ArrayPlace } from "../memory/place.ts";
import { loopOf, type Plan, type PlannedLoop, placeAt } from "./plan.ts";

/** A loop: its body runs once an iteration. */
export interface LoopTask {
  readonly kind: "loop";
  /** The number of the slice that an iteration works on. */
  readonly counter: Global;
  readonly length: number;
  readonly reverse: boolean;
  /** Copies the initial carries to where the loop keeps them. */
  readonly before: readonly Kernel[];
  readonly body: readonly Task[];
}

/** What one kernel or one loop of a plan has to do. */
export type Task =
  | { readonly kind: "kernel"; readonly kernel: Kernel; readonly scratch: ArrayPlace | null }
  | LoopTask;

/** What all tasks of a program are written with. */
export interface EmitContext {
  readonly target: CompileTarget;
  readonly module: ModuleBuilder;
  readonly constants: ReadonlyMap<Node, number>;
}

/** @param start the address of the plan's arena */
export function tasksOf(plan: Plan, place: Placing, start: number, context: EmitContext): Task[] {
  return plan.schedule.fusions.map((fusion, i): Task => {
    const address = start + plan.arena.scratch[i]!;
    const loop = loopOf(fusion);
    if (loop) return loopTask(loop, plan.bodies.get(fusion)!, place, address, context);
    const bytes = plan.scratch[i]!;
    const scratch: ArrayPlace | null =
      bytes > 0 ? { dtype: "uint8", shape: [bytes], strides: [1], address } : null;
    return { kind: "kernel", kernel: plan.kernels.get(fusion)!.at(place), scratch };
  });
}

function loopTask(
  loop: PlannedLoop,
  plan: Plan,
  place: Placing,
  start: number,
  context: EmitContext,
): Task {
  const { length, reverse, carries, constants } = loop.node.params;
  const counter = context.module.global(`iteration${context.module.globals.length}`, "i32");
  const initial = loop.operands.slice(constants, constants + carries);
  return {
    kind: "loop",
    counter,
    length,
    reverse,
    before: initial.map(({ buffer }, i) => copyKernel(place(buffer), place(loop.results[i]!))),
    body: tasksOf(plan, bodyPlacing(loop, plan, place, start, counter, context), start, context),
  };
}

/** Where the arrays of a body are: see planBody for what its arguments, storages and results stand for. */
function bodyPlacing(
  { node, operands, results }: PlannedLoop,
  plan: Plan,
  outer: Placing,
  start: number,
  counter: Global,
  context: EmitContext,
): Placing {
  const { constants, carries, length } = node.params;
  const slice = (whole: ArrayPlace, { dtype, shape }: Buffer): ArrayPlace => {
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
        return placeAt(buffer, context.constants.get(plan.schedule.constants[index]!)!);
    }
  };
}

/** The same memory as an array of the buffer's shape. */
function reshaped(place: ArrayPlace, buffer: Buffer): ArrayPlace {
  return { ...placeAt(buffer, place.address), stepping: place.stepping };
}

/** All kernels, those of loops too, in the order of the text. */
export function kernelsOf(tasks: readonly Task[]): Kernel[] {
  return tasks.flatMap((task) =>
    task.kind === "kernel" ? [task.kernel] : [...task.before, ...kernelsOf(task.body)],
  );
}
