// Functions of many small ops, as random numbers need: one program, where they come often and alike.

import type { Program } from "../../engines/engine.ts";
import { showType } from "../../ir/type.ts";
import { Tensor } from "../values/tensor.ts";
import { current } from "./current.ts";
import { Recent } from "./recent.ts";
import { traceGraph } from "./tracing.ts";

/** So many calls op by op take about as long as it takes to compile a program. */
const OFTEN = 256;
const LIMIT = 256;

interface Calls {
  count: number;
  program: Program | null;
}

const calls = new Recent<Calls>(LIMIT);

/**
 * f(...inputs), where f makes one tensor of nothing but its inputs. Its bits do not depend on the way.
 * @param key names f and all that it knows besides its inputs
 */
export function composed(
  key: string,
  inputs: readonly Tensor[],
  f: (...inputs: Tensor[]) => Tensor,
): Tensor {
  const present = inputs.map((input) => input.read());
  if (current.trace || present.some(({ tracked }) => tracked)) return f(...present);
  const { engine } = current;
  const types = present.map(({ type }) => type);
  const known = calls.get(engine, `${key} ${types.map(showType)}`, () => {
    return { count: 0, program: null };
  });
  if (known.count < OFTEN) {
    known.count += 1;
    return f(...present);
  }
  known.program ??= engine.compile(traceGraph(key, types, (args) => [f(...args)]).graph);
  const [data] = known.program.run(present.map(({ parts }) => parts.known!));
  return new Tensor({ type: known.program.graph.outputs[0]!.type, known: data! });
}

/** A number in a key, which tells -0 from 0. */
export function numberKey(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}
