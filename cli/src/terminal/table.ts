// Tables in plain text.

type Side = "left" | "right";

/** Columns side by side; unless told otherwise the first to the left, the others to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  sides: readonly Side[] = ["left"],
): string[] {
  const widths = head.map((title, c) =>
    rows.reduce((width, row) => Math.max(width, row[c]!.length), title.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => (sides[c] === "left" ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
