// Settings out of a file: the page's own, or a run specification as `neurite train --out` writes it.

import { PLANE, type Problem, type Settings, XOR } from "../state/index.ts";
import type { Json } from "./difference.ts";
import { Reader, readSettings, treeOf } from "./read-settings.ts";

export interface OpenedDocument {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
}

/** Whatever stands in it, this gives an answer; what means nothing is told, with what is used instead. */
export function openDocument(document: unknown): OpenedDocument {
  const tree = treeOf(document as Json);
  const reader = new Reader();
  const isSettings = Object.hasOwn(tree, "run");
  const base = isSettings ? XOR : { ...XOR, data: PLANE };
  const written = isSettings ? tree : { run: tree };
  return { settings: readSettings(written, base, reader), problems: reader.problems };
}
