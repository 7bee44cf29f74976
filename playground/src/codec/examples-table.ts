// Examples as a table in a file (CSV): what the editor saves, and what the programs of a run read.

/** Examples of one part. */
export interface TablePart {
  readonly count: number;
  /** [count, columns] */
  readonly x: ArrayLike<number>;
  /** [count] */
  readonly y: ArrayLike<number>;
  /** What the last column says of them. */
  readonly says: string | number;
}

/**
 * One line an example: inputs, the target y, and which part it is of.
 * @param names of the inputs, which may be expressions
 * @param partName of the last column
 * @param write a number; with the fewest digits that give the same float32 again, if not said otherwise
 */
export function examplesTable(
  names: readonly string[],
  partName: string,
  parts: readonly TablePart[],
  write: (value: number) => string = shortest,
): string {
  const width = names.length;
  const lines = parts.flatMap(({ count, x, y, says }) =>
    Array.from({ length: count }, (_, row) => [
      ...names.map((_, column) => write(x[row * width + column]!)),
      write(y[row]!),
      String(says),
    ]),
  );
  const rows = [[...names, "y", partName], ...lines];
  return `${rows.map((cells) => cells.map(quoted).join(",")).join("\n")}\n`;
}

/** An expression may hold a comma. */
function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
