// A program of the reference engine on the Wasm engine's variables, for what has no kernel yet.

import type { DataArray } from "../../../ir/dtype.ts";
import type { Graph } from "../../../ir/graph.ts";
import type { Program, Wiring } from "../../engine.ts";
import { evaluate } from "../../reference/evaluate.ts";

export function fallbackProgram(graph: Graph, { reads, writes }: Wiring): Program {
  const results = graph.outputs.length - writes.length;
  const once = (args: readonly DataArray[]): DataArray[] => {
    const data = [...args, ...reads.map((storage) => storage.read())];
    const inputs = data.map((array, i) => ({ ...graph.inputs[i]!.type, data: array }));
    const outputs = evaluate(graph, inputs).map((output) => output.data);
    writes.forEach((storage, i) => storage.write(outputs[results + i]!));
    return outputs.slice(0, results).map((array) => (args.includes(array) ? array.slice() : array));
  };
  return {
    graph,
    run(args, times = 1) {
      for (let done = 1; done < times; done++) once(args);
      return once(args);
    },
  };
}
