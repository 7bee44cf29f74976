// The lines that turn the weights of a run into a state_dict: each layout, as NumPy says it.

import type { TorchModule } from "../../../pytorch/modules.ts";
import type { TensorRow } from "../../../pytorch/tensor-row.ts";
import { pythonTuple } from "../dialect.ts";

const BLOCKS = [
  "def blocks(w, *order):",
  '    """Gates of a recurrent cell, one after the other, in another order."""',
  "    parts = np.split(w, len(order))",
  "    return np.concatenate([parts[i] for i in order])",
];

/** The function `state_dict`, and what it calls. */
export function stateDictLines(modules: readonly TorchModule[]): string[] {
  const rows = modules.flatMap(({ place, tensors }) =>
    tensors.map((row) => `        "${place}.${row.name}": ${numpyOf(row)},`),
  );
  const hasGates = modules.some(({ tensors }) => tensors.some(({ gates }) => gates));
  return [
    ...(hasGates ? [...BLOCKS, "", ""] : []),
    "def state_dict(w):",
    '    """Weights of a run, by Neurite\'s names, under PyTorch\'s and in its layouts."""',
    ...(rows.length > 0 ? ["    return {", ...rows, "    }"] : ["    return {}"]),
  ];
}

function numpyOf({ of, shape, view, perm, gates, filled = 0, isCounter }: TensorRow): string {
  if (of.length === 0) {
    const dtype = isCounter ? "int64" : "float32";
    return `np.full(${pythonTuple(shape)}, ${filled}, "${dtype}")`;
  }
  const parts = of.map((path) => {
    const own = `w[${JSON.stringify(path)}]`;
    const seen = view ? `${own}.reshape(${pythonTuple(view)})` : own;
    if (!perm) return seen;
    return perm.join() === "1,0" ? `${seen}.T` : `${seen}.transpose(${perm.join(", ")})`;
  });
  const whole = parts.length === 1 ? parts[0]! : `np.concatenate([${parts.join(", ")}])`;
  return gates ? `blocks(${[whole, ...gates].join(", ")})` : whole;
}
