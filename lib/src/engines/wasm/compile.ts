// The compiler from end to end: graph, schedule, places, kernels, module.

import type { Graph, Node } from "../../ir/graph.ts";
import { stridesOf } from "../../ir/shape.ts";
import { simplify } from "../../transforms/simplify.ts";
import type { Wiring } from "../engine.ts";
import { assemble } from "./assemble.ts";
import type { ModuleBuilder } from "./code/index.ts";
import type { Kernel, Target } from "./kernel.ts";
import { buildKernel } from "./kernels/build.ts";
import { type Arena, planArena } from "./lower/arena.ts";
import { type Schedule, schedule } from "./lower/schedule.ts";
import { validateArena, validateSchedule } from "./lower/validate.ts";
import { type Buffer, bytesOf } from "./lower/view.ts";
import type { EngineMemory } from "./memory.ts";
import type { Place } from "./place.ts";
import type { WasmSlot } from "./slot.ts";

/** Every stage of a compilation, for running it and for looking at it. */
export interface Compilation {
  readonly graph: Graph;
  readonly schedule: Schedule;
  readonly arena: Arena;
  readonly kernels: readonly Kernel[];
  readonly module: ModuleBuilder;
  readonly place: (buffer: Buffer) => Place;
  /** Address and size of the block that holds the program's constants. */
  readonly constants: { readonly address: number; readonly bytes: number };
}

export function compileGraph(
  given: Graph,
  wiring: Wiring,
  target: Target,
  memory: EngineMemory,
): Compilation {
  const graph = simplify(given);
  const plan = schedule(graph, wiring);
  validateSchedule(plan);
  // Kernels say how much memory of their own they need before anything has its place.
  const nowhere = (buffer: Buffer) => placeAt(buffer, 0);
  const scratch = plan.groups.map((group) => buildKernel(group, nowhere, target).scratchBytes ?? 0);
  const arena = planArena(plan, scratch);
  validateArena(plan, arena);
  const start = arena.bytes > 0 ? memory.arena(arena.bytes) : 0;
  const constants = placeConstants(plan.constants, memory);
  const place = (buffer: Buffer): Place => {
    switch (buffer.home) {
      case "slot":
        return placeAt(buffer, (plan.slots[buffer.index] as WasmSlot).address);
      case "constant":
        return placeAt(buffer, constants.addresses[buffer.index]!);
      default:
        return placeAt(buffer, start + (arena.offsets.get(buffer) ?? 0));
    }
  };
  const kernels = plan.groups.map((group) => buildKernel(group, place, target));
  const module = assemble(
    kernels,
    arena.scratch.map((offset, i) =>
      scratch[i]! > 0 ? scratchPlace(start + offset, scratch[i]!) : null,
    ),
    target,
  );
  return { graph, schedule: plan, arena, kernels, module, place, constants };
}

function placeAt({ dtype, shape }: Buffer, address: number): Place {
  return { dtype, shape, strides: stridesOf(shape), address };
}

function scratchPlace(address: number, bytes: number): Place {
  return { dtype: "uint8", shape: [bytes], strides: [1], address };
}

/** One block with all the data of a program; it is written at once. */
function placeConstants(nodes: readonly Node<"constant">[], memory: EngineMemory) {
  const sizes = nodes.map(
    ({ params }) => Math.ceil(bytesOf(params.dtype, params.shape) / 64) * 64 + 64,
  );
  const bytes = sizes.reduce((a, b) => a + b, 0);
  const address = bytes > 0 ? memory.allocate(bytes) : 0;
  let at = address;
  const addresses = nodes.map(({ params }, i) => {
    memory.view(params.dtype, at, params.data.length).set(params.data);
    at += sizes[i]!;
    return at - sizes[i]!;
  });
  return { address, bytes, addresses };
}
