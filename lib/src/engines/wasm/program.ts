// A compiled program at work: arguments in, one call, results out.

import type { DataArray } from "../../ir/dtype.ts";
import { ArgumentError } from "../../ir/errors.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { Stage, SyncProgram } from "../engine.ts";
import { encode } from "./code/index.ts";
import type { Compilation } from "./compile.ts";
import { importsOf } from "./imports.ts";
import type { Buffer } from "./lower/view.ts";
import type { EngineMemory } from "./memory.ts";
import { stagesOf } from "./show.ts";
import { freeWhenGone } from "./slot.ts";

export class WasmProgram implements SyncProgram {
  readonly compilation: Compilation;
  readonly #memory: EngineMemory;
  readonly #run: (times: number) => void;
  /** Views of arguments and results, made anew when memory has grown. */
  #buffer: ArrayBufferLike | null = null;
  #arguments: DataArray[] = [];
  #results: DataArray[] = [];

  constructor(compilation: Compilation, memory: EngineMemory) {
    this.compilation = compilation;
    this.#memory = memory;
    const { module, constants } = compilation;
    const compiled = new WebAssembly.Module(encode(module));
    const instance = new WebAssembly.Instance(compiled, importsOf(module, memory.memory));
    this.#run = instance.exports.run as (times: number) => void;
    if (constants.bytes > 0) freeWhenGone.register(this, { memory, ...constants });
  }

  run(args: readonly DataArray[], times = 1): DataArray[] {
    if (!(Number.isInteger(times) && times > 0)) {
      throw new ArgumentError(`run: expected a whole number of times above 0, received ${times}`);
    }
    if (this.#buffer !== this.#memory.memory.buffer) this.#look();
    this.#arguments.forEach((view, i) => {
      view.set(args[i]!);
    });
    this.#run(times);
    return this.#results.map((view) => view.slice());
  }

  stages(): Stage[] {
    return stagesOf(this.compilation);
  }

  #look(): void {
    const { plan, place } = this.compilation;
    const view = (buffer: Buffer) => {
      return this.#memory.view(buffer.dtype, place(buffer).address, sizeOf(buffer.shape));
    };
    this.#arguments = plan.schedule.arguments.map(view);
    this.#results = plan.schedule.results.map(view);
    this.#buffer = this.#memory.memory.buffer;
  }
}
