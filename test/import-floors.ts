/** Checks a set of source files against the floors of the library: who may import whom. */
import { posix } from "node:path";

/** Lowest first. A file may import from its own floor and from those before it. */
const floors = [
  "checks",
  "ir",
  "shapes",
  "formats",
  "spec",
  "ops",
  "transforms",
  "engines",
  "runtime",
  "tensor",
  "nn",
  "data",
  "train",
  "predict",
  "pytorch",
  "code",
  "onnx",
  "keras",
  "inspect",
  "timeline",
  "books",
] as const;

export const maxLines = 400;
/** Source files that a folder may hold; tests do not count. */
export const maxFiles = 16;

/** Floors that may import less than everything below them. */
const onlyFrom: Readonly<Record<string, readonly string[]>> = {
  checks: ["checks"],
  shapes: ["shapes", "ir"],
  formats: ["formats", "ir", "checks"],
  spec: ["spec", "formats", "checks"],
};

/** Path relative to lib/src, with forward slashes -> text. */
export type Sources = ReadonlyMap<string, string>;

const clause = String.raw`(?:[\w$\s{},*]|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*?`;
const patterns = [
  // import ... from "x", import "x", export ... from "x"
  new RegExp(String.raw`^[ \t]*(?:import|export)\b(?:${clause}\bfrom)?\s*["']([^"'\n]+)["']`, "gm"),
  // import("x"), as a value or as a type
  /\bimport\s*\(\s*["']([^"'\n]+)["']/g,
  // declare module "x", an augmentation
  /^[ \t]*declare\s+module\s+["']([^"'\n]+)["']/gm,
];

/** The module specifiers a text names, in order of pattern and without repeats. */
export function specifiers(text: string): string[] {
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((m) => m[1] ?? ""));
  return [...new Set(found)];
}

const floorOf = (file: string): string => (file.includes("/") ? (file.split("/")[0] ?? "") : "");
const rank = (floor: string): number => (floors as readonly string[]).indexOf(floor);
const resolve = (file: string, specifier: string): string =>
  posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");

function importProblem(file: string, specifier: string): string | undefined {
  const say = (why: string): string => `${file}: import "${specifier}" ${why}`;
  if (specifier === "neurite" || specifier.startsWith("neurite/")) {
    return say("names the library itself; use a relative path");
  }
  if (!specifier.startsWith(".") || file === "index.ts") return undefined;
  const target = resolve(file, specifier);
  if (target.startsWith("..")) return say("leaves lib/src");
  const [from, to] = [floorOf(file), floorOf(target)];
  if (to === "") return say("reaches the root of lib/src, which is above every floor");
  if (rank(to) < 0) return say(`reaches "${to}", which is not a floor`);
  const allowed = onlyFrom[from];
  if (allowed && !allowed.includes(to))
    return say(`is not allowed: ${from} may import only ${allowed.slice(1).join(" and ")}`);
  if (rank(to) > rank(from)) return say(`goes up from floor "${from}" to floor "${to}"`);
  return undefined;
}

/** Imports that go up a floor, and files that are on no floor. */
export function floorProblems(sources: Sources): string[] {
  const problems: string[] = [];
  for (const [file, text] of sources) {
    if (file !== "index.ts" && rank(floorOf(file)) < 0) {
      problems.push(`${file}: is on no floor; expected one of ${floors.join(", ")}`);
      continue;
    }
    for (const specifier of specifiers(text)) {
      const problem = importProblem(file, specifier);
      if (problem) problems.push(problem);
    }
  }
  return problems;
}

/** Circles of imports between files, each told once, from the file where the walk met it. */
export function circleProblems(sources: Sources): string[] {
  const imports = new Map<string, Map<string, string>>();
  for (const [file, text] of sources) {
    const targets = specifiers(text)
      .filter((name) => name.startsWith("."))
      .map((name): [string, string] => [resolve(file, name), name]);
    imports.set(file, new Map(targets.filter(([target]) => sources.has(target))));
  }
  return circlesOf(imports, (circle, from, specifier) => {
    return `${from}: import "${specifier}" closes a circle: ${circle.join(" -> ")}`;
  });
}

/** Folders that hold more files than `maxFiles`. */
export function crowdProblems(sources: Sources): string[] {
  const counts = new Map<string, number>();
  for (const file of sources.keys()) {
    if (/\.(test|test-d|testing)\.ts$/.test(file)) continue;
    const folder = posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([folder, count]) =>
    count > maxFiles ? [`${folder}: holds ${count} files; expected at most ${maxFiles}`] : [],
  );
}

/**
 * Rooms of a folder that import each other both ways, over whatever other rooms. A room is a folder in
 * the folder, with all in it; a file beside the rooms is a room of its own.
 */
export function roomProblems(sources: Sources): string[] {
  const folders = new Set<string>();
  for (const file of sources.keys()) {
    for (let at = posix.dirname(file); at !== "."; at = posix.dirname(at)) folders.add(at);
  }
  return [...folders].sort().flatMap((folder) => circlesIn(folder, sources));
}

function circlesIn(folder: string, sources: Sources): string[] {
  const roomOf = (file: string) =>
    file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split("/")[0]! : undefined;
  const imports = new Map<string, Map<string, string>>();
  for (const [file, text] of sources) {
    const from = roomOf(file);
    if (from === undefined || /\.(test|test-d|testing)\.ts$/.test(file)) continue;
    const others = imports.get(from) ?? new Map<string, string>();
    imports.set(from, others);
    for (const specifier of specifiers(text).filter((name) => name.startsWith("."))) {
      const to = roomOf(resolve(file, specifier));
      if (to !== undefined && to !== from) others.set(to, `${file} imports ${specifier}`);
    }
  }
  return circlesOf(imports, (circle, _, why) => {
    return `${folder}: rooms import each other: ${circle.join(" -> ")} (${why})`;
  });
}

/**
 * Walks a graph of names and tells each circle once, where the walk meets it.
 * @param imports for each name those that it leads to, with a word on why
 */
function circlesOf(
  imports: ReadonlyMap<string, ReadonlyMap<string, string>>,
  tell: (circle: readonly string[], from: string, why: string) => string,
): string[] {
  const problems: string[] = [];
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const visit = (from: string): void => {
    state.set(from, "open");
    path.push(from);
    for (const [to, why] of imports.get(from) ?? []) {
      if (state.get(to) === "open") {
        problems.push(tell([...path.slice(path.indexOf(to)), to], from, why));
      } else if (!state.has(to)) visit(to);
    }
    path.pop();
    state.set(from, "done");
  };
  for (const from of imports.keys()) if (!state.has(from)) visit(from);
  return problems;
}

/** Files with more than `maxLines` lines; what a program wrote is as long as it is. */
export function lengthProblems(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    if (file.includes("/generated/")) return [];
    const lines = text.replace(/\n$/, "").split("\n").length;
    return lines > maxLines ? [`${file}: has ${lines} lines; expected at most ${maxLines}`] : [];
  });
}
