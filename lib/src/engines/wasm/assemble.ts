// Kernels as functions of one module, and the function that runs them in order.

import { call, type FunctionRef, ModuleBuilder } from "./code/index.ts";
import type { Kernel, Target } from "./kernel.ts";
import type { Place } from "./place.ts";

const RANGE = [
  { name: "lo", type: "i32" },
  { name: "hi", type: "i32" },
] as const;

/** The module exports "run": all kernels, one after the other, as often as it is told. */
export function assemble(
  kernels: readonly Kernel[],
  scratch: readonly (Place | null)[],
  target: Target,
): ModuleBuilder {
  const module = new ModuleBuilder();
  const helpers = new Map<string, FunctionRef>();
  const shared = (name: string, make: (module: ModuleBuilder) => FunctionRef) => {
    const known = helpers.get(name) ?? make(module);
    helpers.set(name, known);
    return known;
  };
  const parts = kernels.flatMap((kernel, i) => {
    if (kernel.units === 0) return [];
    const ref = module.function(`${kernel.name}_${i}`, RANGE, null, (f) => {
      const [lo, hi] = f.params as [(typeof f.params)[0] & object, (typeof f.params)[0] & object];
      kernel.emit({ target, module, f, lo, hi, shared }, scratch[i] ?? null);
    });
    return [{ ref, units: kernel.units }];
  });
  const run = module.function("run", [{ name: "times", type: "i32" }], null, (f) => {
    f.for(0, f.params[0]!, 1, () => {
      for (const { ref, units } of parts) f.do(call(ref, 0, units));
    });
  });
  module.export("run", run);
  return module;
}
