// A predictor out of a file that says itself what to build.

import { FileError } from "../checks/errors.ts";
import type { Bytes, StoredTensor } from "../formats/index.ts";
import { sameType, showType } from "../ir/type.ts";
import type { LayerVariables, Params } from "../nn/layers/layer.ts";
import { loadNetwork } from "../nn/network/load.ts";
import type { Network } from "../nn/network/network.ts";
import { withCurrent } from "../runtime/interpreter/current.ts";
import { Tensor } from "../runtime/values/tensor.ts";
import type { Architecture } from "../spec/runspec.ts";
import { key } from "../tensor/random.ts";
import { toTensor } from "../train/batches/examples.ts";
import { decodeCheckpoint } from "../train/files/checkpoint.ts";
import { judged } from "../train/files/restore.ts";
import { makePredictor, type Predictor } from "./predictor.ts";

/**
 * What predicts as the model in a file of saveModel(), of encodeCheckpoint() or of `neurite train --out`: by the
 * averaged weights where they were kept. It fetches the families of layers that the file names. The numbers are
 * those of `loadModel(bytes).predict` on the same engine.
 * @throws FileError for damage, for a file that does not say what to build, and for one without a variable of
 * what it builds
 */
export async function loadPredictor(bytes: Bytes): Promise<Predictor> {
  const { spec, architecture, variables } = decodeCheckpoint(bytes);
  const built: Architecture | null = spec
    ? { network: spec.model, dtype: spec.dtype, seed: spec.seed }
    : architecture;
  if (!built) {
    throw new FileError(
      "loadPredictor: the file does not say what to build, as a layer was of the program's own: " +
        "build the layers again, then loadWeights(model, bytes)",
    );
  }
  const network = await loadNetwork(built.network, built.dtype);
  return makePredictor(network, built, filled(network, built, judged(variables)));
}

/** The network's variables with the numbers of the file: what they would begin with says their types. */
function filled(
  network: Network,
  { dtype, seed }: Architecture,
  stored: ReadonlyMap<string, StoredTensor>,
): LayerVariables {
  return withCurrent({ trace: null, recording: false }, () => {
    const { params, state } = network.init(key(seed), dtype);
    return {
      params: filledTree(params, "params", stored),
      state: filledTree(state, "state", stored),
    };
  });
}

function filledTree(tree: Params, at: string, stored: ReadonlyMap<string, StoredTensor>): Params {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => {
      const path = `${at}/${name}`;
      if (!(value instanceof Tensor)) return [name, filledTree(value, path, stored)];
      const found = stored.get(path);
      if (!found) throw new FileError(`loadPredictor: the file holds no "${path}"`);
      if (sameType(found, value.type)) return [name, toTensor(found)];
      throw new FileError(
        `loadPredictor: "${path}" is ${showType(found)} in the file, expected ${showType(value.type)}`,
      );
    }),
  );
}
