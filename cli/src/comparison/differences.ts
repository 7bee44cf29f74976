// Which settings differ between runs, path by path; networks of other layers in a line each.

import type { RunSpec } from "neurite/train";

/** A setting that is not the same in all runs: what each has, or null where it has nothing. */
export interface Difference {
  readonly path: string;
  readonly values: readonly (string | null)[];
}

export function settingDifferences(specs: readonly RunSpec[]): readonly Difference[] {
  const isOneKind = new Set(specs.map(kindsOf)).size === 1;
  const flat = specs.map(({ model, ...rest }) => {
    const whole = isOneKind ? { model, ...rest } : rest;
    return new Map(leavesOf(whole, ""));
  });
  const paths = [...new Set(flat.flatMap((one) => [...one.keys()]))];
  const settings = paths
    .map((path) => ({ path, values: flat.map((one) => one.get(path) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
  return isOneKind ? settings : [{ path: "layers", values: specs.map(layersText) }, ...settings];
}

/** Which layers there are: where that differs, their settings cannot be set side by side. */
function kindsOf({ model }: RunSpec): string {
  const layers = "layers" in model ? model.layers : model.nodes;
  return layers.map(({ kind }) => kind).join(" ");
}

/** "input [784], dense 100 relu, dense 10 softmax". */
export function layersText({ model }: RunSpec): string {
  const layers = "layers" in model ? model.layers : model.nodes;
  return layers
    .map(({ kind, ...options }) => {
      const told = ["shape", "units", "filters", "kernelSize", "poolSize", "rate", "activation"]
        .map((name) => options[name])
        .filter((value) => value !== undefined)
        .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
      return [kind, ...told].join(" ");
    })
    .join(", ");
}

/** A name alone and a name with no options say the same. */
function leavesOf(value: unknown, path: string): [string, string][] {
  const inside = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (typeof value === "string" && /^(loss|optimizer|schedule)$/.test(path)) {
    return [[`${path}.name`, value]];
  }
  if (Array.isArray(value)) {
    const isFlat = value.every((item) => typeof item !== "object");
    // What was fitted to the rows of a table differs as the rows do: the columns are what is set.
    if (/^model\..*\.columns$/.test(path)) return columnLeaves(value, path);
    if (isFlat) return [[path, value.length === 1 ? textOf(value[0]) : JSON.stringify(value)]];
    return value.flatMap((item, i) => leavesOf(item, inside(String(i))));
  }
  if (typeof value !== "object" || value === null) {
    return value === undefined ? [] : [[path, textOf(value)]];
  }
  return Object.entries(value).flatMap(([name, field]) => leavesOf(field, inside(name)));
}

function columnLeaves(columns: readonly unknown[], path: string): [string, string][] {
  const named = columns as readonly { readonly name?: unknown; readonly type?: unknown }[];
  return [[path, named.map(({ name, type }) => `${name} (${type})`).join(", ")]];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
