// A model as a table: layers, shapes, parameters.

import type { Network } from "../../nn/network/network.ts";
import type { VariableTree } from "../step/variables.ts";

/** One line a layer, and the number of parameters, as Keras prints it. */
export function summarize(network: Network, { variables }: VariableTree): string {
  const parameters = (name: string) =>
    [...variables].reduce(
      (sum, [path, variable]) => sum + (path.startsWith(`${name}/`) ? variable.size : 0),
      0,
    );
  const branched = network.placed.some(
    ({ reads }, i) => i > 0 && (reads.length !== 1 || reads[0] !== network.placed[i - 1]!.name),
  );
  const rows = network.placed.map(({ name, kind, outputShape, reads }) => [
    name,
    kind,
    `[${["batch", ...outputShape].join(", ")}]`,
    String(parameters(name)),
    ...(branched ? [reads.join(", ")] : []),
  ]);
  const head = ["layer", "kind", "output", "parameters", ...(branched ? ["reads"] : [])];
  const widths = head.map((title, c) =>
    Math.max(title.length, ...rows.map((row) => row[c]!.length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, c) => (c === 3 ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join("  ")
      .trimEnd();
  const total = [...variables.values()].reduce((sum, variable) => sum + variable.size, 0);
  const rule = "-".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [line(head), rule, ...rows.map(line), rule, `${total} parameters`].join("\n");
}
