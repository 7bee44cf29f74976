// What the classes are called that a run's outputs are for.

import type { RunSpec } from "neurite/train";
import { loadSource } from "../sources/load.ts";

/** By number; null for values, and for a data set that is not at hand to tell. */
export async function classNamesOf(spec: RunSpec): Promise<readonly string[] | null> {
  const { file } = spec.data;
  if (file) return (file as { readonly classes?: readonly string[] }).classes ?? null;
  const data = await loadSource({ ...spec.data, train: 1, test: 1 }, spec).catch(() => null);
  return data?.classes == null ? null : data.classNames;
}
