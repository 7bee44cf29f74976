// A plan as kernels in their places, in the order in which they run; loops hold tasks of their own.

import { bytesPerElement } from "../../../ir/dtype.ts";
import type { Node } from "../../../ir/graph.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { Global, ModuleBuilder } from "../code/index.ts";
import type { CompileTarget, Kernel } from "../kernels/kernel.ts";
import type { Placing } from "../kernels/placing.ts";
import { copyKernel } from "../kernels/special/index.ts";
import type { Home } from "../lower/schedule.ts";
import type { Buffer } from "../lower/view.ts";
import type { ArrayPlace } from "../memory/place.ts";
import type { HeldArrays } from "./held.ts";
import { controlOf, type Plan, type PlannedControl, placeAt } from "./plan.ts";

/** A loop: its body runs once an iteration. */
export interface LoopTask {
  readonly kind: "loop";
  /** The number of the slice that an iteration works on. */
  readonly counter: Global;
  readonly length: number;
  readonly reverse: boolean;
  /** Copies the initial carries to where the loop keeps them, and makes what it holds. */
  readonly before: readonly Kernel[];
  readonly body: readonly Task[];
}

/** A loop that goes on as long as a flag is set, which its test writes at the start of each turn. */
export interface WhileTask {
  readonly kind: "while";
  readonly flag: ArrayPlace;
  /** Copies the initial carries to where the loop keeps them. */
  readonly before: readonly Kernel[];
  readonly test: readonly Task[];
  /** Makes what the loop holds, in the first turn. */
  readonly first: readonly KernelTask[];
  readonly body: readonly Task[];
}

/** One of two lists of tasks, by a flag that is set or not. */
export interface ChoiceTask {
  readonly kind: "choice";
  readonly flag: ArrayPlace;
  readonly ifTrue: readonly Task[];
  readonly ifFalse: readonly Task[];
}

export interface KernelTask {
  readonly kind: "kernel";
  readonly kernel: Kernel;
  readonly scratch: ArrayPlace | null;
}

/** A task that runs others. */
export type ControlTask = LoopTask | WhileTask | ChoiceTask;

/** What one kernel, loop or choice of a plan has to do. */
export type Task = KernelTask | ControlTask;

/** What all tasks of a program are written with. */
export interface EmitContext {
  readonly target: CompileTarget;
  readonly module: ModuleBuilder;
  readonly constants: ReadonlyMap<Node, number>;
  /** What loops around hold: where it is, and who makes it. */
  readonly held: ReadonlyMap<Buffer, HeldPlace>;
}

interface HeldPlace {
  readonly address: number;
  /** The kernel that makes it, as soon as one that needs it has been met. */
  readonly makers: Map<Buffer, Kernel>;
}

/** @param start the address of the plan's arena */
export function tasksOf(plan: Plan, place: Placing, start: number, context: EmitContext): Task[] {
  return plan.schedule.fusions.map((fusion, i): Task => {
    const address = start + plan.arena.scratch[i]!;
    const control = controlOf(fusion);
    if (control) {
      const [plans, held] = [plan.bodies.get(fusion)!, plan.held.get(fusion)!];
      return controlTask(control, plans, held, place, address, context);
    }
    const bytes = plan.scratch[i]!;
    const scratch: ArrayPlace | null =
      bytes > 0 ? { dtype: "uint8", shape: [bytes], strides: [1], address } : null;
    const { at, ahead } = plan.kernels.get(fusion)!;
    if (ahead) {
      const { makers } = context.held.get(ahead.array)!;
      if (!makers.has(ahead.array)) makers.set(ahead.array, ahead.at(place));
    }
    return { kind: "kernel", kernel: at(place), scratch };
  });
}

function controlTask(
  control: PlannedControl,
  plans: readonly Plan[],
  held: HeldArrays,
  place: Placing,
  start: number,
  around: EmitContext,
): ControlTask {
  const [first, second] = plans as [Plan, Plan];
  const makers = new Map<Buffer, Kernel>();
  const own = [...held.addresses(start)].map(
    ([array, address]) => [array, { address, makers }] as const,
  );
  const context: EmitContext = { ...around, held: new Map([...around.held, ...own]) };
  const behind = start + held.bytes;
  const inside = (plan: Plan, homes: InnerPlaces) =>
    tasksOf(plan, innerPlacing(plan, homes, behind, context), behind, context);
  const operand = (i: number) => place(control.operands[i]!.buffer);
  const result = (i: number) => place(control.results[i]!);
  const copies = (from: number, count: number) =>
    Array.from({ length: count }, (_, k) => copyKernel(operand(from + k), result(k)));
  switch (control.node.op) {
    case "scan": {
      const { length, reverse, carries, constants } = (control.node as Node<"scan">).params;
      const counter = context.module.global(`iteration${context.module.globals.length}`, "i32");
      const slice = (whole: ArrayPlace, buffer: Buffer) => sliceOf(whole, buffer, counter, length);
      const body = inside(first, {
        argument: (i, buffer) =>
          i < constants ? reshaped(operand(i), buffer) : slice(operand(carries + i), buffer),
        variable: (i, buffer) => reshaped(result(i), buffer),
        result: (i, buffer) => slice(result(carries + i), buffer),
      });
      const before = [...copies(constants, carries), ...makersOf(held, makers)];
      return { kind: "loop", counter, length, reverse, before, body };
    }
    case "cond": {
      const homes: InnerPlaces = {
        argument: (i, buffer) => reshaped(operand(1 + i), buffer),
        variable: none,
        result: (i, buffer) => reshaped(result(i), buffer),
      };
      const [ifTrue, ifFalse] = [inside(first, homes), inside(second, homes)];
      return { kind: "choice", flag: operand(0), ifTrue, ifFalse };
    }
    case "whileLoop": {
      const { constants } = (control.node as Node<"whileLoop">).params;
      const carries = control.node.outputs.length;
      const flag = result(carries);
      const carry = (i: number, buffer: Buffer) => reshaped(result(i), buffer);
      const constant = (i: number, buffer: Buffer) => reshaped(operand(i), buffer);
      const test = inside(first, {
        argument: (i, buffer) =>
          i < constants ? constant(i, buffer) : carry(i - constants, buffer),
        variable: none,
        result: (_, buffer) => reshaped(flag, buffer),
      });
      const body = inside(second, { argument: constant, variable: carry, result: none });
      const before = copies(constants, carries);
      const made = makersOf(held, makers).map(
        (kernel): KernelTask => ({ kind: "kernel", kernel, scratch: null }),
      );
      return { kind: "while", flag, before, test, first: made, body };
    }
  }
}

/** What makes all that a loop holds, in its order. */
const makersOf = ({ list }: HeldArrays, makers: ReadonlyMap<Buffer, Kernel>): Kernel[] =>
  list.map(({ array }) => makers.get(array)!);

/** Where the arrays of a program are that live outside it: see planInner for what they stand for. */
type InnerPlaces = {
  readonly [K in Exclude<Home["kind"], "constant" | "kept">]: (
    index: number,
    buffer: Buffer,
  ) => ArrayPlace;
};

const none = (index: number): never => {
  throw new Error(`wasm: there is no array ${index} of this kind`);
};

function innerPlacing(
  { schedule, arena }: Plan,
  homes: InnerPlaces,
  start: number,
  context: EmitContext,
): Placing {
  return (buffer) => {
    const held = context.held.get(buffer);
    if (held) return placeAt(buffer, held.address);
    const home = schedule.homes.get(buffer);
    if (!home) return placeAt(buffer, start + arena.offsets.get(buffer)!);
    const { kind, index } = home;
    if (kind === "kept") return none(index);
    if (kind !== "constant") return homes[kind](index, buffer);
    return placeAt(buffer, context.constants.get(schedule.constants[index]!)!);
  };
}

/** What an iteration reads or writes of a sequence. */
function sliceOf(
  whole: ArrayPlace,
  { dtype, shape }: Buffer,
  counter: Global,
  length: number,
): ArrayPlace {
  const bytes = sizeOf(shape) * bytesPerElement(dtype);
  const own = placeAt({ dtype, shape } as Buffer, whole.address);
  return { ...own, stepping: [...(whole.stepping ?? []), { counter, bytes, length }] };
}

/** The same memory as an array of the buffer's shape. */
function reshaped(place: ArrayPlace, buffer: Buffer): ArrayPlace {
  return { ...placeAt(buffer, place.address), stepping: place.stepping };
}

/** All kernels, those of loops and choices too, in the order of the text. */
export function kernelsOf(tasks: readonly Task[]): Kernel[] {
  return tasks.flatMap((task) =>
    task.kind === "kernel" ? [task.kernel] : [...beforeOf(task), ...kernelsOf(innerTasks(task))],
  );
}

/** What a task runs before it starts. */
export function beforeOf(task: ControlTask): readonly Kernel[] {
  return task.kind === "choice" ? [] : task.before;
}

/** The tasks in another, in the order of the text. */
export function innerTasks(task: ControlTask): readonly Task[] {
  switch (task.kind) {
    case "loop":
      return task.body;
    case "while":
      return [...task.test, ...task.first, ...task.body];
    case "choice":
      return [...task.ifTrue, ...task.ifFalse];
  }
}
