// The tensors of a state_dict by their modules, as PyTorch programs name them.

import type { StoredTensor } from "../formats/stored-tensor.ts";

/** A module of a file: its tensors by their names in it. */
export interface SourceModule {
  /** As in "layers.0.fc1"; "" for tensors that stand alone. */
  readonly name: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Of each tensor the whole name. */
  readonly full: ReadonlyMap<string, string>;
}

/** What wraps a module in programs that run on several devices, or are compiled or trained by a library. */
const WRAPPERS = /^(?:module|model|_orig_mod|net|network)\./;
/** As PyTorch names what belongs to one of several layers of a recurrent module. */
const STACKED = /^((?:weight|bias)_(?:ih|hh))_l(\d+)(_reverse)?$/;
const CELL = /^(?:weight|bias)_(?:ih|hh)$/;

const { compare } = new Intl.Collator("en", { numeric: true });

/** In the order of their names, numbers as numbers: a file does not keep the order of modules. */
export function sourceModules(tensors: ReadonlyMap<string, StoredTensor>): SourceModule[] {
  const attended = new Set(
    [...tensors.keys()].flatMap((name) => /^(.*)\.in_proj_weight$/.exec(name)?.[1] ?? []),
  );
  const stacks = new Map<string, number>();
  for (const name of tensors.keys()) {
    const [module, part] = splitLast(name);
    const layer = STACKED.exec(part)?.[2];
    if (layer !== undefined) stacks.set(module, Math.max(stacks.get(module) ?? 0, Number(layer)));
  }
  const modules = new Map<
    string,
    { tensors: Map<string, StoredTensor>; full: Map<string, string> }
  >();
  const put = (module: string, part: string, name: string) => {
    const own = modules.get(module) ?? { tensors: new Map(), full: new Map() };
    modules.set(module, own);
    own.tensors.set(part, tensors.get(name)!);
    own.full.set(part, name);
  };
  for (const name of tensors.keys()) {
    const [module, part] = splitLast(name);
    const [outer, last] = splitLast(module);
    const found = STACKED.exec(part);
    if (found) {
      const [, stem, layer, reverse = ""] = found;
      const isStack = stacks.get(module)! > 0;
      put(isStack ? joined(module, `l${layer}`) : module, `${stem}_l0${reverse}`, name);
    } else if (CELL.test(part)) put(module, `${part}_l0`, name);
    else if (last === "out_proj" && attended.has(outer)) put(outer, `out_proj.${part}`, name);
    else put(module, part, name);
  }
  return [...modules]
    .map(([name, own]) => ({ name, ...own }))
    .sort((a, b) => compare(a.name, b.name));
}

/** Whether a file has query, key and value of attentions as one matrix, or no attention. */
export function hasJoinedAttention(tensors: ReadonlyMap<string, unknown>): boolean {
  return [...tensors.keys()].some((name) => /(^|\.)in_proj_weight$/.test(name));
}

/** Names without what wraps all of them. */
export function unwrapped(names: readonly string[]): string[] {
  const wrapper = names.length > 0 ? WRAPPERS.exec(names[0]!)?.[0] : undefined;
  if (wrapper === undefined || !names.every((name) => name.startsWith(wrapper))) return [...names];
  return unwrapped(names.map((name) => name.slice(wrapper.length)));
}

/** The last part of a name, and what is before it. */
export function splitLast(name: string): [before: string, last: string] {
  const dot = name.lastIndexOf(".");
  return [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
}

const joined = (module: string, part: string) => (module === "" ? part : `${module}.${part}`);
