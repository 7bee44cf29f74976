// The lines of a printed program that read a table of one's own, as the run on it read it.

import { ArgumentError } from "../../checks/errors.ts";
import type { ColumnSpec, Scale } from "../../spec/columns.ts";
import type { FileSpec } from "../../spec/parts.ts";
import type { RunSpec } from "../../spec/runspec.ts";
import { type Imports, showLiteral } from "./parts.ts";

/** Under it the program keeps the columns, which the layer and the encoding share. */
export const COLUMNS = "columns";

/** What of `data.file` the program says. */
interface OwnTable {
  readonly target: string;
  readonly classes?: readonly string[] | undefined;
  readonly scale?: Scale | undefined;
  readonly types?: Readonly<Record<string, string>> | undefined;
}

/** How the file is read, where that was told. */
const READING = "delimiter encoding decimal header missing ragged dates".split(" ");

/** The columns that a model reads a table by, null for other models. */
export function columnsIn(model: RunSpec["model"]): readonly ColumnSpec[] | null {
  const layers = "layers" in model ? model.layers : model.nodes;
  const found = layers.find(({ kind }) => kind === "tableFeatures");
  return (found?.["columns"] as readonly ColumnSpec[] | undefined) ?? null;
}

/**
 * @param isLabels whether the loss takes class numbers as they are
 * @throws ArgumentError for other files, and for a model that reads no table
 */
export function ownTableLines(
  spec: RunSpec,
  file: FileSpec,
  isLabels: boolean,
  imports: Imports,
): string[] {
  const columns = columnsIn(spec.model);
  const { target, classes, scale, types } = file as Partial<OwnTable>;
  if (file.kind !== "table" || !columns || !target || !(classes || scale)) {
    throw new ArgumentError(
      `codeOf: data.file: expected a table with a target, and a model that reads its columns; no program is written for ${file.kind}`,
    );
  }
  const own = { target, classes, scale, types };
  imports.use("neurite/spec", "type ColumnSpec");
  return [
    `const ${COLUMNS}: readonly ColumnSpec[] = [`,
    ...columns.map((column) => `  ${showLiteral(column)},`),
    "];",
    ...readLines(file, own, columns, imports),
    ...partLines(spec.data, own, imports),
    ...exampleLines(spec, own, isLabels, imports),
  ];
}

function readLines(
  file: FileSpec,
  own: OwnTable,
  columns: readonly ColumnSpec[],
  imports: Imports,
) {
  const { target, classes, types } = own;
  const wanted = {
    ...types,
    ...Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    [target]: classes ? "category" : "number",
  };
  const told = Object.fromEntries(READING.map((name) => [name, file[name]]));
  const name = file.path.split(/[\\/]/).at(-1);
  const read = imports.use("neurite/data/tables", "readTable");
  const bytes = `${imports.use("node:fs", "createReadStream")}(${showLiteral(file.path)})`;
  const column = `${imports.use("neurite/data/tables", "tableColumn")}(part, ${showLiteral(target)})`;
  const table = imports.use("neurite/data/tables", "type Table");
  const kind = imports.use(
    "neurite/data/tables",
    `type ${classes ? "CategoryColumn" : "NumberColumn"}`,
  );
  const cast = `${column} as ${kind.slice("type ".length)}`;
  const signature = `(part: ${table.slice("type ".length)}) =>`;
  return [
    `const table = await ${read}(${bytes}, ${showLiteral({ name, ...told, types: wanted })});`,
    ...(classes
      ? [
          `const classes = ${showLiteral(classes)};`,
          `const labelsOf = ${signature} {`,
          `  const { codes, values } = ${cast};`,
          '  return codes.map((code) => classes.indexOf(values[code] ?? ""));',
          "};",
          `const isKnown = Array.from(labelsOf(table), (label) => label >= 0);`,
        ]
      : [
          `const valuesOf = ${signature} (${cast}).values;`,
          "const isKnown = Array.from(valuesOf(table), Number.isFinite);",
        ]),
  ];
}

function partLines(
  data: RunSpec["data"],
  { target, classes }: OwnTable,
  imports: Imports,
): string[] {
  const { seed = 0, testFraction = 0.2, train, test } = data;
  const pick = imports.use("neurite/data/tables", "pickTableRows");
  const options = showLiteral({ testFraction, seed, stratify: classes && target });
  const cut = (limit: number | undefined) => (limit === undefined ? "" : `.slice(0, ${limit})`);
  const split =
    testFraction === 0
      ? "{ train: whole, test: whole }"
      : `${imports.use("neurite/data/tables", "splitTable")}(whole, ${options})`;
  return [
    `const whole = ${pick}(table, [...isKnown.keys()].filter((row) => isKnown[row]));`,
    `const parts = ${split};`,
    "const order = Int32Array.from({ length: parts.train.rows }, (_, row) => row);",
    `new ${imports.use("neurite/data", "Rng")}(${seed}).shuffle(order);`,
    `const train = ${pick}(parts.train, order${cut(train)});`,
    test === undefined
      ? "const test = parts.test;"
      : `const test = ${pick}(parts.test, Array.from({ length: ${test} }, (_, row) => row));`,
  ];
}

function exampleLines(
  { dtype }: RunSpec,
  { classes, scale }: OwnTable,
  isLabels: boolean,
  imports: Imports,
): string[] {
  const encode = imports.use("neurite/data/tables", "encodeColumns");
  const more = dtype === "float64" ? `, ${showLiteral({ dtype })}` : "";
  const from = imports.use("neurite", "fromData");
  const array = dtype === "float64" ? "Float64Array" : "Float32Array";
  const labels = (part: string) => `${from}(labelsOf(${part}), [${part}.rows], "int32")`;
  const values = (part: string) => {
    const { mean, deviation } = scale!;
    const scaled = `${array}.from(valuesOf(${part}), (y) => (y - ${mean}) / ${deviation})`;
    return `${from}(${scaled}, [${part}.rows, 1], ${showLiteral(dtype)})`;
  };
  const y = (part: string) => {
    if (!classes) return values(part);
    if (isLabels) return labels(part);
    return `${imports.use("neurite", "oneHot")}(${labels(part)}, ${classes.length})`;
  };
  const x = (part: string) => `${encode}(${COLUMNS}, ${part}${more})`;
  return [
    `const [xTrain, xTest] = [${x("train")}, ${x("test")}];`,
    `const [yTrain, yTest] = [${y("train")}, ${y("test")}];`,
  ];
}
