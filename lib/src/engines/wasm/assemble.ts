// Kernels as functions of one module, and the function that runs them in order.

import {
  call,
  type FunctionBuilder,
  type FunctionRef,
  type Local,
  type ModuleBuilder,
  op,
} from "./code/index.ts";
import type { Kernel, Target } from "./kernel.ts";
import type { Place } from "./place.ts";
import type { Step } from "./steps.ts";

const RANGE = [
  { name: "lo", type: "i32" },
  { name: "hi", type: "i32" },
] as const;

/** Adds the function "run" to the module: all steps, one after the other, as often as it is told. */
export function assemble(module: ModuleBuilder, steps: readonly Step[], target: Target): void {
  const helpers = new Map<string, FunctionRef>();
  const shared = (name: string, make: (module: ModuleBuilder) => FunctionRef) => {
    const known = helpers.get(name) ?? make(module);
    helpers.set(name, known);
    return known;
  };
  const add = (kernel: Kernel, scratch: Place | null): FunctionRef =>
    module.function(`${kernel.name}_${module.functions.length}`, RANGE, null, (f) => {
      const [lo, hi] = f.params as [Local, Local];
      kernel.emit({ target, module, f, lo, hi, shared }, scratch);
    });
  const prepare = (step: Step): Run[] => {
    if (step.kind === "kernel") return runOf(step.kernel, step.scratch, add);
    const before = step.before.flatMap((kernel) => runOf(kernel, null, add));
    if (step.length === 0) return before;
    const body = step.body.flatMap(prepare);
    return [...before, (f) => repeat(f, step, body)];
  };
  const runs = steps.flatMap(prepare);
  const run = module.function("run", [{ name: "times", type: "i32" }], null, (f) => {
    f.for(0, f.params[0]!, 1, () => {
      for (const each of runs) each(f);
    });
  });
  module.export("run", run);
}

/** Writes what runs one step. */
type Run = (f: FunctionBuilder) => void;

function runOf(
  kernel: Kernel,
  scratch: Place | null,
  add: (kernel: Kernel, scratch: Place | null) => FunctionRef,
): Run[] {
  if (kernel.units === 0) return [];
  const ref = add(kernel, scratch);
  return [(f) => f.do(call(ref, 0, kernel.units))];
}

/** Kernels of the body find their slices by the counter. */
function repeat(
  f: FunctionBuilder,
  { counter, length, reverse }: Extract<Step, { kind: "loop" }>,
  body: readonly Run[],
): void {
  f.for(0, length, 1, (i) => {
    f.set(counter, reverse ? op("i32.sub", length - 1, i) : i);
    for (const each of body) each(f);
  });
}
