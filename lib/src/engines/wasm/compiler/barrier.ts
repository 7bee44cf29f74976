// The barrier between kernels that depend on each other: threads spin for a while, then sleep.

import {
  type Expr,
  type FunctionBuilder,
  type FunctionRef,
  i64,
  instruction,
  type Local,
  load,
  type ModuleBuilder,
  type Operand,
  op,
} from "../code/index.ts";
import { SLICE_MS, SPINS, WORD } from "../memory/control.ts";

const TIMED_OUT = 2;

/**
 * Adds the function barrier(thread, threads), which returns when all threads have called it. The last
 * to arrive starts a new generation, for which the others wait. It traps where one has failed instead.
 */
export function emitBarrier(module: ModuleBuilder, control: number): FunctionRef {
  const word = (name: keyof typeof WORD) => 4 * WORD[name];
  const read = (name: keyof typeof WORD) => load("i32.atomic.load", control, word(name));
  const write = (f: FunctionBuilder, name: keyof typeof WORD, value: Operand) =>
    f.store("i32.atomic.store", control, value, word(name));
  const add = (f: FunctionBuilder, name: keyof typeof WORD, by: number) =>
    f.keep(instruction("i32.atomic.rmw.add", [control, by], word(name), []), name);
  const wakeAll = (f: FunctionBuilder) =>
    f.keep(instruction("memory.atomic.notify", [control, -1], word("generation"), []), "woken");
  const params = [
    { name: "thread", type: "i32" },
    { name: "threads", type: "i32" },
  ] as const;
  return module.function("barrier", params, null, (f) => {
    const [thread, threads] = f.params as [Local, Local];
    const generation = f.keep(read("generation"), "generation");
    /** Nobody has ended this generation yet, and nobody has failed. */
    const waiting = (): Expr =>
      op("i32.eqz", op("i32.or", op("i32.xor", read("generation"), generation), read("abort")));
    const before = add(f, "arrived", 1);
    f.if(
      op("i32.eq", before, op("i32.sub", threads, 1)),
      () => {
        write(f, "arrived", 0);
        write(f, "generation", op("i32.add", generation, 1));
        f.if(read("sleepers"), () => wakeAll(f));
      },
      () => {
        const spins = f.keep(0, "spins");
        f.doWhile(() => {
          f.set(spins, op("i32.add", spins, 1));
          return op("i32.and", op("i32.lt_s", spins, SPINS), waiting());
        });
        f.if(waiting(), sleep);
      },
    );
    // A thread that failed never came here, so that this generation has no end.
    f.if(op("i32.eq", read("generation"), generation), () => f.do(op("unreachable")));

    function sleep(): void {
      add(f, "sleepers", 1);
      const slices = f.keep(0, "slices");
      f.while(waiting, () => {
        const time = i64(SLICE_MS * 1e6);
        const args = [control, generation, time];
        const woken = instruction("memory.atomic.wait32", args, word("generation"), []);
        f.set(slices, op("i32.add", slices, op("i32.eq", woken, TIMED_OUT)));
        // The others may wait for as long as it takes: thread 0 may have work that cannot be split.
        const isLate = op("i32.gt_s", slices, read("patience"));
        f.if(op("i32.and", op("i32.eqz", thread), isLate), () => {
          write(f, "stuck", 1);
          write(f, "abort", 1);
          wakeAll(f);
        });
      });
      add(f, "sleepers", -1);
    }
  });
}
