// Layers fitted to data, as functions of arrays: no weights go into them, so that both frameworks write them alike.

import { type ColumnRun, runsOf, uniformScale } from "../../nn/layers/preprocessing/features.ts";
import { columnNames } from "../../spec/column-names.ts";
import type { ColumnSpec } from "../../spec/columns.ts";
import type { LayerSpec } from "../../spec/parts.ts";

/** How a framework says what these layers are made of. */
export interface TableWords {
  readonly of: "ops" | "torch";
  /** A constant row of numbers. */
  readonly row: (values: readonly number[]) => string;
  /** As floats, of what is true or false. */
  readonly floats: (x: string) => string;
  /** Joins parts along the last axis: the name of the function, and what says the axis. */
  readonly concat: string;
  readonly last: string;
  readonly beforeLast: string;
}

const shown = (values: readonly number[]) => `[${values.map(String).join(", ")}]`;

export const KERAS_TABLE: TableWords = {
  of: "ops",
  row: (values) => `np.array(${shown(values)}, "float32")`,
  floats: (x) => `ops.cast(${x}, "float32")`,
  concat: "ops.concatenate",
  last: "axis=-1",
  beforeLast: "axis=-2",
};

export const TORCH_TABLE: TableWords = {
  of: "torch",
  // Of whole numbers it would make integers.
  row: (values) => `torch.tensor(${shown(values)}, dtype=torch.float32)`,
  floats: (x) => `(${x}).float()`,
  concat: "torch.cat",
  last: "dim=-1",
  beforeLast: "dim=-2",
};

/** A layer's name as Python takes it. */
export function functionName(layer: string): string {
  return layer.replaceAll(/\W/g, "_").replace(/^(?=\d)/, "_");
}

/** A function of rows as encodeColumns() writes them, with the name of the layer. */
export function tableFunction(words: TableWords, name: string, spec: LayerSpec): string[] {
  const columns = spec["columns"] as readonly ColumnSpec[];
  const parts = runsOf(columns).map((run) => `            ${partOf(words, run)},`);
  return [
    `def ${functionName(name)}(x):`,
    `    """Rows of ${columns.length} columns to ${columnNames(columns).length} features; NaN is a gap, -1 a category that is not known."""`,
    `    return ${words.concat}(`,
    "        [",
    ...parts,
    "        ],",
    `        ${words.last},`,
    "    )",
  ];
}

function partOf(words: TableWords, run: ColumnRun): string {
  const v = `x[..., ${run.from}:${run.to}]`;
  const { of, row, floats } = words;
  switch (run.kind) {
    case "scaled": {
      const [mean, deviation, missing] = (["mean", "deviation", "missing"] as const).map((field) =>
        row(run.of.map((one) => one[field])),
      );
      return `(${of}.where(${of}.isnan(${v}), ${missing}, ${v}) - ${mean}) / ${deviation}`;
    }
    case "gaps":
      return floats(`${of}.isnan(${v})`);
    case "counts":
      return `${of}.log1p(${of}.where(${v} > 0, ${v}, 0.0))`;
    case "ordinal": {
      const { mean, deviation } = uniformScale(run.count);
      return `(${of}.where(${v} >= 0, ${v}, ${mean}) - ${mean}) / ${deviation}`;
    }
    case "oneHot":
      return floats(`${v} == ${row(upTo(run.count))}`);
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const listed = (value: unknown) => (typeof value === "number" ? [value] : (value as number[]));

/** Expressions in x of the layers that take a few numbers. */
export const MEASURED_LAYERS: Readonly<
  Record<string, (words: TableWords, spec: LayerSpec, isOne: boolean) => string>
> = {
  normalization: ({ row }, { mean, variance }) => {
    const deviation = listed(variance).map((one) => Math.max(Math.sqrt(one), 1e-7));
    return `(x - ${row(listed(mean))}) / ${row(deviation)}`;
  },
  discretization: ({ of, row, floats, last }, { boundaries }) =>
    `${of}.sum(${floats(`x[..., None] >= ${row(boundaries as number[])}`)}, ${last})`,
  categoryEncoding: (words, { categories, encoding = "multiHot" }, isOne) => {
    const { row, floats, of, beforeLast } = words;
    const places = row(upTo(categories as number));
    if (encoding === "oneHot") return floats(`${isOne ? "x" : "x[..., None]"} == ${places}`);
    const counts = `${of}.sum(${floats(`x[..., None] == ${places}`)}, ${beforeLast})`;
    return encoding === "count" ? counts : floats(`${counts} > 0`);
  },
};
