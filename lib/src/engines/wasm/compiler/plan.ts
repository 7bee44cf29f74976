// A schedule and its memory: of a program, and within it of the body of every loop.

import type { Graph, Node } from "../../../ir/graph.ts";
import { makeGraph } from "../../../ir/graph.ts";
import { stridesOf } from "../../../ir/shape.ts";
import type { Storage, Wiring } from "../../engine.ts";
import { type MeasuredKernel, measureKernel } from "../kernels/build.ts";
import type { CompileTarget, KernelMeasure } from "../kernels/kernel.ts";
import { type Arena, planArena } from "../lower/arena.ts";
import type { Fusion, Head } from "../lower/fusion.ts";
import { type FusionSchedule, scheduleFusions } from "../lower/schedule.ts";
import { validateArena, validateSchedule } from "../lower/validate.ts";
import type { Buffer } from "../lower/view.ts";
import type { ArrayPlace } from "../memory/place.ts";

export interface Plan {
  readonly schedule: FusionSchedule;
  /** The bodies of loops, by the fusion that is the loop. */
  readonly bodies: ReadonlyMap<Fusion, Plan>;
  /** What all other fusions are. */
  readonly kernels: ReadonlyMap<Fusion, MeasuredKernel>;
  /** How much memory of its own each fusion needs; a loop needs what its body plans. */
  readonly scratch: readonly number[];
  readonly arena: Arena;
}

/** A fusion that is a loop. */
export type PlannedLoop = Extract<Head, { kind: "special" }> & { readonly node: Node<"scan"> };

export function loopOf({ head }: Fusion): PlannedLoop | null {
  return head.kind === "special" && head.node.op === "scan" ? (head as PlannedLoop) : null;
}

/**
 * @param places how arrays get their places
 * @throws NeuriteError where the schedule or the places would give wrong numbers
 */
export function planProgram(
  graph: Graph,
  wiring: Wiring,
  target: CompileTarget,
  places: typeof planArena = planArena,
): Plan {
  return finish(scheduleFusions(graph, wiring), target, places);
}

function finish(planned: FusionSchedule, target: CompileTarget, places: typeof planArena): Plan {
  validateSchedule(planned);
  const bodies = new Map<Fusion, Plan>();
  const kernels = new Map<Fusion, MeasuredKernel>();
  for (const fusion of planned.fusions) {
    const loop = loopOf(fusion);
    if (loop) bodies.set(fusion, planBody(loop.node, target, places));
    else kernels.set(fusion, measureKernel(fusion, target));
  }
  const scratch = planned.fusions.map(
    (fusion) => bodies.get(fusion)?.arena.bytes ?? scratchOf(kernels.get(fusion)!, target),
  );
  const arena = places(planned, scratch);
  validateArena(planned, arena);
  return { schedule: planned, bodies, kernels, scratch, arena };
}

/** For as many threads as may run the kernel, where each has its own. */
function scratchOf(
  { scratchBytes = 0, perThread, units }: KernelMeasure,
  { sharing }: CompileTarget,
): number {
  return scratchBytes * (perThread ? Math.min(units, sharing?.threads ?? 1) : 1);
}

/**
 * One step of a loop as a program: its constants and slices are the arguments [constants…, slices…],
 * carries are its state, stacked slices its results. All of them live outside.
 */
function planBody(
  { params, inputs }: Node<"scan">,
  target: CompileTarget,
  places: typeof planArena,
): Plan {
  const { body, constants, carries } = params;
  const [first, last] = [constants, constants + carries];
  const wiring = Array.from({ length: carries }, (_, i) => carryStorage(inputs[first + i]!.type));
  const step = makeGraph(
    [...body.inputs.slice(0, first), ...body.inputs.slice(last), ...body.inputs.slice(first, last)],
    [...body.outputs.slice(carries), ...body.outputs.slice(0, carries)],
  );
  const planned = scheduleFusions(step, { reads: wiring, writes: wiring }, "outside");
  return finish(planned, target, places);
}

/** Stands for a carry, which is no variable: only its type is ever asked for. */
function carryStorage(type: Storage["type"]): Storage {
  const none = () => {
    throw new Error("wasm: a carry has no storage");
  };
  return { type, read: none, write: none };
}

export function placeAt({ dtype, shape }: Buffer, address: number): ArrayPlace {
  return { dtype, shape, strides: stridesOf(shape), address };
}
