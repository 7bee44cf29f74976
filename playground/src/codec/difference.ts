// A document as what differs from another one: links stay short.

/** A plain document. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Fields by their path, as in { "run.seed": 3 }; null for a field that is gone. */
export type Difference = Readonly<Record<string, Json>>;

/** How many levels are taken apart. Below it a field is written out whole. */
const DEEPEST = 12;

/** What must be changed of `base` to get `document`. Lists of another length are given whole. */
export function differenceOf(base: Json, document: Json): Difference {
  const found: Record<string, Json> = {};
  visit(base, document, "", found, 0);
  return found;
}

function visit(a: Json, b: Json, path: string, found: Record<string, Json>, depth: number): void {
  if (JSON.stringify(a) === JSON.stringify(b)) return;
  const inside = (name: string) => (path === "" ? name : `${path}.${name}`);
  const isSplit =
    depth < DEEPEST && isTree(a) && isTree(b) && Array.isArray(a) === Array.isArray(b);
  const isSameList = !Array.isArray(a) || (Array.isArray(b) && a.length === b.length);
  if (!isSplit || !isSameList || hasDots(a) || hasDots(b)) {
    found[path] = b;
    return;
  }
  const [before, after] = [a as Tree, b as Tree];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!Object.hasOwn(after, name)) found[inside(name)] = null;
    else if (!Object.hasOwn(before, name)) found[inside(name)] = after[name]!;
    else visit(before[name]!, after[name]!, inside(name), found, depth + 1);
  }
}

/** The document again. A path that leads nowhere makes fields on its way; the parser judges them. */
export function applyDifference(base: Json, difference: Difference): Json {
  let document = base;
  for (const [path, value] of Object.entries(difference)) {
    document = path === "" ? value : withField(document, path.split("."), value);
  }
  return document;
}

type Tree = Readonly<Record<string, Json>>;

function withField(document: Json, [name = "", ...rest]: readonly string[], value: Json): Json {
  if (Array.isArray(document)) {
    const at = Number(name);
    if (!Number.isInteger(at) || at < 0 || at >= document.length) return document;
    return document.map((item: Json, i) => (i === at ? changed(item, rest, value) : item));
  }
  const tree: Tree = isTree(document) ? (document as Tree) : {};
  if (UNSAFE.includes(name)) return document;
  const { [name]: before = null, ...others } = tree;
  if (rest.length === 0 && value === null) return others;
  return { ...others, [name]: changed(before, rest, value) };
}

const UNSAFE = ["__proto__", "constructor", "prototype"];

function changed(before: Json, rest: readonly string[], value: Json): Json {
  return rest.length === 0 ? value : withField(before, rest, value);
}

function isTree(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

/** A name with a dot in it, or none at all, could not be told from a path. */
function hasDots(value: Json): boolean {
  return Object.keys(value as Tree).some((name) => name === "" || name.includes("."));
}
