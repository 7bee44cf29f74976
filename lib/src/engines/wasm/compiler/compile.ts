// The compiler from end to end: graph, plan, places, kernels, module.

import type { Graph, Node } from "../../../ir/graph.ts";
import type { Storage, Wiring } from "../../engine.ts";
import { ModuleBuilder } from "../code/index.ts";
import type { CompileTarget } from "../kernels/kernel.ts";
import { type Buffer, sizeInBytes } from "../lower/view.ts";
import { blockBytes } from "../memory/blocks.ts";
import type { EngineMemory } from "../memory/memory.ts";
import type { AddressRange, ArrayPlace } from "../memory/place.ts";
import type { WasmStorage } from "../memory/storage.ts";
import { writeRun } from "./assemble.ts";
import { type Plan, placeAt, planProgram } from "./plan.ts";
import type { Shares } from "./shares.ts";
import { type Task, tasksOf } from "./tasks.ts";

/** Every stage of a compilation, for running it and for looking at it. */
export interface Compilation {
  readonly graph: Graph;
  readonly plan: Plan;
  readonly tasks: readonly Task[];
  readonly module: ModuleBuilder;
  /** What threads do together. */
  readonly shares: Shares;
  readonly place: (buffer: Buffer) => ArrayPlace;
  /** Address and size of the block that holds the program's constants. */
  readonly constants: { readonly address: number; readonly bytes: number };
  /** The addresses of its arena, from the first to below the second. */
  readonly scratch: AddressRange;
  /** Addresses of words that are set once the program has made what it finds again in later runs. */
  readonly flags: readonly number[];
  /** The variables that it writes. */
  readonly writes: readonly Storage[];
}

/** @param graph as `simplify` leaves it */
export function compileGraph(
  graph: Graph,
  wiring: Wiring,
  target: CompileTarget,
  memory: EngineMemory,
): Compilation {
  const plan = planProgram(graph, wiring, target);
  const { schedule, arena } = plan;
  const start = arena.bytes > 0 ? memory.arena(arena.bytes) : 0;
  const constants = placeConstants(constantsOf(plan), memory);
  const place = (buffer: Buffer): ArrayPlace => {
    const home = schedule.homes.get(buffer);
    switch (home?.kind) {
      case "variable":
        return placeAt(buffer, (schedule.storages[home.index] as WasmStorage).address);
      case "constant":
        return placeAt(buffer, constants.addresses.get(schedule.constants[home.index]!)!);
      case "kept":
        return placeAt(buffer, plan.kept[home.index]!.address);
      default:
        return placeAt(buffer, start + (arena.offsets.get(buffer) ?? 0));
    }
  };
  const module = new ModuleBuilder({ sharedMemory: memory.isShared });
  const context = { target, module, constants: constants.addresses, held: new Map() };
  const tasks = tasksOf(plan, place, start, context);
  const shares = writeRun(module, tasks, target);
  const scratch = { from: start, to: start + arena.bytes };
  const flags = [...plan.kernels.values()].flatMap(({ kept }) => (kept ? [kept.flag] : []));
  const { writes } = wiring;
  return { graph, plan, tasks, module, shares, place, constants, scratch, flags, writes };
}

/** The data of a plan and of the bodies in it. */
function constantsOf({ schedule, bodies }: Plan): Node<"constant">[] {
  return [...schedule.constants, ...[...bodies.values()].flat().flatMap(constantsOf)];
}

/** One block with all the data of a program; it is written at once. */
function placeConstants(nodes: readonly Node<"constant">[], memory: EngineMemory) {
  const sizes = nodes.map(({ params }) => blockBytes(sizeInBytes(params.dtype, params.shape)));
  const bytes = sizes.reduce((a, b) => a + b, 0);
  const address = bytes > 0 ? memory.allocate(bytes) : 0;
  let at = address;
  const addresses = new Map<Node, number>();
  nodes.forEach((node, i) => {
    const { dtype, data } = node.params;
    memory.view(dtype, at, data.length).set(data);
    addresses.set(node, at);
    at += sizes[i]!;
  });
  return { address, bytes, addresses };
}
