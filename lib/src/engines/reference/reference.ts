// The reference engine: the meaning of correct. Plain loops, float32 and float64, no compilation.

import type { DataArray } from "../../ir/dtype.ts";
import type { Graph } from "../../ir/graph.ts";
import type { TensorType } from "../../ir/type.ts";
import type { Engine, Program, Storage, Wiring } from "../engine.ts";
import { evaluate, evaluateOp } from "./evaluate.ts";

class ReferenceStorage implements Storage {
  readonly type: TensorType;
  /** Replaced, never written into: programs may still be reading it. */
  data: DataArray;

  constructor(type: TensorType, data: DataArray) {
    this.type = type;
    this.data = data.slice();
  }

  read(): DataArray {
    return this.data.slice();
  }

  write(data: DataArray): void {
    this.data = data.slice();
  }
}

/**
 * The engine that defines what every op means: it evaluates a graph op by op with each op's own
 * `eval`, slowly and plainly. Other engines are compared with it.
 */
export const referenceEngine: Engine = {
  name: "reference",
  supports: () => true,
  storage: (type, data) => new ReferenceStorage(type, data),
  direct: evaluateOp,
  compile: (graph: Graph, wiring: Wiring = { reads: [], writes: [] }): Program => {
    const reads = wiring.reads as readonly ReferenceStorage[];
    const writes = wiring.writes as readonly ReferenceStorage[];
    const results = graph.outputs.length - writes.length;
    return {
      graph,
      run(args, times = 1) {
        for (let again = 1; again < times; again++) this.run(args);
        const data = [...args, ...reads.map((storage) => storage.data)];
        const inputs = data.map((array, i) => ({ ...graph.inputs[i]!.type, data: array }));
        const outputs = evaluate(graph, inputs).map((output) => output.data);
        writes.forEach((storage, i) => {
          const next = outputs[results + i]!;
          storage.data = args.includes(next) ? next.slice() : next; // the caller's array stays the caller's
        });
        return outputs.slice(0, results);
      },
    };
  },
};
