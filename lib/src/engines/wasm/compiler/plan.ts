// A schedule and its memory: of a program, and within it of the body of every loop.

import type { Graph, Node, Value } from "../../../ir/graph.ts";
import { makeGraph } from "../../../ir/graph.ts";
import type { OpName, ScanParams } from "../../../ir/op-table.ts";
import { stridesOf } from "../../../ir/shape.ts";
import type { Storage, Wiring } from "../../engine.ts";
import { type MeasuredKernel, measureKernel } from "../kernels/build.ts";
import type { CompileTarget, Keeping, KernelMeasure } from "../kernels/kernel.ts";
import { type Arena, planArena } from "../lower/arena.ts";
import type { Fusion, Head } from "../lower/fusion.ts";
import { type FusionSchedule, type Home, scheduleFusions } from "../lower/schedule.ts";
import { validateArena, validateSchedule } from "../lower/validate.ts";
import type { Buffer } from "../lower/view.ts";
import type { ArrayPlace } from "../memory/place.ts";
import { type KeptBlock, WasmStorage } from "../memory/storage.ts";
import { HeldArrays, keepingIn, NOTHING_STAYS } from "./held.ts";

export interface Plan {
  readonly schedule: FusionSchedule;
  /** What stays with variables, as homes of kind "kept" count it. */
  readonly kept: readonly KeptBlock[];
  /** The programs in a loop or a choice, in the order of its graphs, by the fusion that it is. */
  readonly bodies: ReadonlyMap<Fusion, readonly Plan[]>;
  /** What loops hold as long as they run. */
  readonly held: ReadonlyMap<Fusion, HeldArrays>;
  /** What all other fusions are. */
  readonly kernels: ReadonlyMap<Fusion, MeasuredKernel>;
  /**
   * How much memory of its own each fusion needs; a loop needs what it holds and, behind that, what its body plans,
   * a choice the larger of two.
   */
  readonly scratch: readonly number[];
  readonly arena: Arena;
}

/** A fusion that runs programs of its own: a loop, or a choice. */
export type PlannedControl = Extract<Head, { kind: "special" }> & {
  readonly node: Node<"scan"> | Node<"cond"> | Node<"whileLoop">;
};

const CONTROL: ReadonlySet<OpName> = new Set(["scan", "cond", "whileLoop"]);

export function controlOf({ head }: Fusion): PlannedControl | null {
  return head.kind === "special" && CONTROL.has(head.node.op) ? (head as PlannedControl) : null;
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
  const planned = scheduleFusions(graph, wiring);
  return finish(planned, target, places, keepingOf(planned, wiring));
}

/** What is made of variables that the program only reads stays with them. */
function keepingOf({ homes, storages }: FusionSchedule, { writes }: Wiring): Keeping {
  return {
    ...NOTHING_STAYS,
    forRuns: (array, key, bytes) => {
      const home = homes.get(array);
      const storage = home?.kind === "variable" ? storages[home.index]! : null;
      const stays = storage instanceof WasmStorage && !writes.includes(storage);
      return stays ? storage.keep(key, bytes) : null;
    },
  };
}

/** Copies of variables in another order, as of kernels whose channels came first, stay where variables do. */
function keepCopies({ fusions, homes }: FusionSchedule, keep: Keeping): Map<Fusion, KeptBlock> {
  const found = new Map<Fusion, KeptBlock>();
  for (const fusion of fusions) {
    const [store, ...more] = fusion.stores;
    const isCopy = fusion.head.kind === "map" && store?.element.kind === "load";
    if (!isCopy || more.length > 0 || homes.has(store.buffer)) continue;
    const { view } = store.element;
    const { dtype, bytes } = store.buffer;
    const key = `copy ${dtype} ${view.shape} by ${view.strides} from ${view.offset}`;
    const kept = keep.forRuns(view.buffer, key, bytes);
    if (kept) found.set(fusion, kept);
  }
  return found;
}

/** The kernel where it is run once, its result being kept. */
const runOnce = (kernel: MeasuredKernel, kept: KeptBlock): MeasuredKernel => {
  const once = { kept, once: true } as const;
  return { ...kernel, ...once, at: (place) => ({ ...kernel.at(place), ...once }) };
};

function finish(
  scheduled: FusionSchedule,
  target: CompileTarget,
  places: typeof planArena,
  keep: Keeping,
): Plan {
  const copies = keepCopies(scheduled, keep);
  const homes = new Map(scheduled.homes);
  [...copies.keys()].forEach(({ stores }, index) => {
    homes.set(stores[0]!.buffer, { kind: "kept", index });
  });
  const planned: FusionSchedule = { ...scheduled, homes };
  validateSchedule(planned);
  const bodies = new Map<Fusion, readonly Plan[]>();
  const held = new Map<Fusion, HeldArrays>();
  const kernels = new Map<Fusion, MeasuredKernel>();
  for (const fusion of planned.fusions) {
    const control = controlOf(fusion);
    if (control) {
      const own = new HeldArrays();
      bodies.set(fusion, planInner(control, target, places, own, keep));
      held.set(fusion, own);
    } else {
      const kernel = measureKernel(fusion, target, keep);
      const kept = copies.get(fusion);
      kernels.set(fusion, kept ? runOnce(kernel, kept) : kernel);
    }
  }
  const scratch = planned.fusions.map(
    (fusion) =>
      controlScratch(held.get(fusion), bodies.get(fusion)) ??
      scratchOf(kernels.get(fusion)!, target),
  );
  const arena = places(planned, scratch);
  validateArena(planned, arena);
  return { schedule: planned, kept: [...copies.values()], bodies, held, kernels, scratch, arena };
}

/** For as many threads as may run the kernel, where each has its own. */
function scratchOf(
  { scratchBytes = 0, perThread, units }: KernelMeasure,
  { sharing }: CompileTarget,
): number {
  return scratchBytes * (perThread ? Math.min(units, sharing?.threads ?? 1) : 1);
}

/** Programs that are never at work at once share their memory. */
function controlScratch(held?: HeldArrays, plans?: readonly Plan[]): number | undefined {
  return held && plans && held.bytes + Math.max(...plans.map(({ arena }) => arena.bytes));
}

/** From so many turns on, what is made before the first pays. */
const SEVERAL = 2;

/**
 * The programs of a loop or a choice, one for each graph in it.
 * @param own what it is to hold, if it is a loop
 * @param around what a loop around it holds
 */
function planInner(
  { node, operands }: PlannedControl,
  target: CompileTarget,
  places: typeof planArena,
  own: HeldArrays,
  around: Keeping,
): readonly Plan[] {
  const outside = (
    graph: Graph,
    carried: readonly Storage[] = [],
    constants = 0,
    find: Keeping["forTurns"] = NOTHING_STAYS.forTurns,
  ) => {
    const planned = scheduleFusions(graph, { reads: carried, writes: carried }, "outside");
    const isConstant = ({ kind, index }: Home) => kind === "argument" && index < constants;
    const arrayOf = (home: Home) => (isConstant(home) ? operands[home.index]!.buffer : null);
    return finish(planned, target, places, keepingIn(planned.homes, arrayOf, find));
  };
  switch (node.op) {
    case "scan": {
      const { params, inputs } = node as Node<"scan">;
      const { constants, carries, length } = params;
      // What does not change in the loop around either is made before that one.
      const find: Keeping["forTurns"] = (...what) =>
        length === 0
          ? null
          : (around.forTurns(...what) ?? (length < SEVERAL ? null : own.find(...what)));
      const carried = carriesOf(inputs, constants, carries);
      return [outside(stepOf(params), carried, constants, find)];
    }
    case "cond": {
      const { ifTrue, ifFalse } = (node as Node<"cond">).params;
      return [outside(ifTrue), outside(ifFalse)];
    }
    case "whileLoop": {
      const { condition, body, constants } = (node as Node<"whileLoop">).params;
      const carried = carriesOf(node.inputs, constants);
      // Nobody knows whether there will be a turn, so what it holds is made in the first.
      const find: Keeping["forTurns"] = (...what) => own.find(...what);
      return [outside(condition), outside(body, carried, constants, find)];
    }
  }
}

/**
 * One step of a loop as a program: its constants and slices are the arguments [constants…, slices…],
 * carries are its state, stacked slices its results. All of them live outside.
 */
function stepOf({ body, constants, carries }: ScanParams): Graph {
  const [first, last] = [constants, constants + carries];
  return makeGraph(
    [...body.inputs.slice(0, first), ...body.inputs.slice(last), ...body.inputs.slice(first, last)],
    [...body.outputs.slice(carries), ...body.outputs.slice(0, carries)],
  );
}

function carriesOf(operands: readonly Value[], from: number, count = operands.length): Storage[] {
  return operands.slice(from, from + count).map(({ type }) => carryStorage(type));
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
