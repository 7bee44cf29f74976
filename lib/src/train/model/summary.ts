// A model as a table: layers, shapes, parameters.

import type { Network } from "../../nn/network/network.ts";
import type { VariableTree } from "../step/variables.ts";

/**
 * One line a layer, and the number of parameters, as Keras prints it; of frozen ones apart.
 * @param frozen paths of parameters that are not learnt
 */
export function summarize(
  network: Network,
  { variables }: VariableTree,
  frozen: ReadonlySet<string>,
): string {
  const count = (isCounted: (path: string) => boolean) =>
    [...variables].reduce((sum, [path, { size }]) => sum + (isCounted(path) ? size : 0), 0);
  const parameters = (name: string): string => {
    const own = (path: string) => path.startsWith(`${name}/`);
    const still = count((path) => own(path) && frozen.has(path));
    const all = count(own);
    if (still === 0) return String(all);
    return still === all ? `${all} frozen` : `${all}, ${still} frozen`;
  };
  const branched = network.placed.some(
    ({ reads }, i) => i > 0 && (reads.length !== 1 || reads[0] !== network.placed[i - 1]!.name),
  );
  const rows = network.placed.map(({ name, kind, outputShape, reads }) => [
    name,
    kind,
    `[${["batch", ...outputShape].join(", ")}]`,
    parameters(name),
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
  const [total, still] = [count(() => true), count((path) => frozen.has(path))];
  const shares = still > 0 ? `, ${total - still} trainable and ${still} frozen` : "";
  const rule = "-".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [line(head), rule, ...rows.map(line), rule, `${total} parameters${shares}`].join("\n");
}
