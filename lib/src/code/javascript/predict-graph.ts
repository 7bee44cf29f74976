// What a model computes for one example, as a graph in which the weights are constants.

import { ArgumentError } from "../../checks/errors.ts";
import type { DataArray } from "../../ir/dtype.ts";
import type { Graph } from "../../ir/graph.ts";
import { CARRIED, type Params } from "../../nn/layers/layer.ts";
import { joinPath } from "../../nn/network/params.ts";
import { noGrad } from "../../runtime/interpreter/current.ts";
import { traceGraph } from "../../runtime/interpreter/tracing.ts";
import { elementsOf, Tensor } from "../../runtime/values/tensor.ts";
import { key } from "../../tensor/random.ts";
import type { Model } from "../../train/model/model.ts";
import { simplify } from "../../transforms/simplify.ts";

export interface PredictGraph {
  /** From inputs [1, ...] to outputs [1, ...]. */
  readonly graph: Graph;
  /** Names of weights by their numbers, as "dense1/w". */
  readonly names: ReadonlyMap<DataArray, string>;
}

/**
 * The forward pass for a batch of one, by the averaged weights where they are kept.
 * @throws ArgumentError for a model that remembers one batch for the next
 */
export function predictGraph(caller: string, model: Model): PredictGraph {
  const { network, params, layerState, average, dtype, seed } = model.instance;
  const carried = [...layerState.variables.keys()].find((path) =>
    path.split("/").includes(CARRIED),
  );
  if (carried !== undefined) {
    throw new ArgumentError(
      `${caller}: expected a model that takes each batch by itself; "${carried.split("/")[0]}" is stateful`,
    );
  }
  const names = new Map<DataArray, string>();
  const fixed = (tree: Params, at: string): Params =>
    Object.fromEntries(
      Object.entries(tree).map(([name, value]) => {
        const path = joinPath(at, name);
        if (!(value instanceof Tensor)) return [name, fixed(value, path)];
        const known = elementsOf(average?.variables.get(path) ?? value);
        names.set(known, path);
        return [name, new Tensor({ type: value.type, known })];
      }),
    );
  const variables = { params: fixed(params.tree, ""), state: fixed(layerState.tree, "") };
  const types = network.inputShapes.map((shape) => ({ dtype, shape: [1, ...shape] }));
  const { graph } = traceGraph(caller, types, (x) =>
    noGrad(() =>
      network.apply(variables, x, { training: false, key: key(seed) }).outputs.map(({ y }) => y),
    ),
  );
  return { graph: simplify(graph), names };
}
