// Which module of a file is which of ours: by a map, by name, and by shapes in order.

import { ArgumentError } from "../checks/errors.ts";
import { didYouMean, editDistance, fold, shortened } from "../checks/nearest.ts";
import { type Shape, sameShape, showShape } from "../ir/shape.ts";
import type { TorchModule } from "./modules.ts";
import { type SourceModule, splitLast, unwrapped } from "./sources.ts";

export interface Matched {
  readonly module: TorchModule;
  readonly source: SourceModule;
  /** What told that they are each other's; "alphabet": only the order of names that no number orders. */
  readonly by: "map" | "name" | "shapes" | "numbers" | "alphabet";
}

/**
 * @param sources in the order of their names
 * @param map places of ours by names of theirs; null for what is left out
 * @throws ArgumentError for a module without a like, on either side
 */
export function matchModules(
  modules: readonly TorchModule[],
  sources: readonly SourceModule[],
  map: ReadonlyMap<string, string | null>,
): Matched[] {
  const found = new Map<TorchModule, Matched>();
  const left = new Set(sources);
  const take = (module: TorchModule, source: SourceModule, by: Matched["by"]) => {
    found.set(module, { module, source, by });
    left.delete(source);
  };
  for (const [name, place] of map) {
    const source = sources.find((one) => one.name === name)!;
    if (place === null) left.delete(source);
    else take(placed(modules, place, found, source), source, "map");
  }
  const plain = unwrapped(sources.map(({ name }) => name));
  for (const module of modules) {
    const source = sources.find((one, i) => plain[i] === module.place && left.has(one));
    if (source && !found.has(module) && misfit(module, source) === null)
      take(module, source, "name");
  }
  const open = modules.filter((module) => !found.has(module));
  const told = new Map(open.map((module) => [module, howTold(module, [...left])]));
  for (const module of open) {
    const source = [...left].find((one) => couldBe(module, one, open));
    if (!source) throw new ArgumentError(unmatched(module, [...left], sources.length));
    take(module, source, told.get(module)!);
  }
  if (left.size > 0) throw new ArgumentError(leftOver([...left], modules));
  return modules.map((module) => found.get(module)!);
}

/** @throws ArgumentError for a place that there is not, or that is taken, or of other shapes */
function placed(
  modules: readonly TorchModule[],
  place: string,
  found: ReadonlyMap<TorchModule, Matched>,
  source: SourceModule,
): TorchModule {
  const module = modules.find((one) => one.place === place || one.layer === place);
  if (!module) {
    const known = modules.map((one) => one.place);
    const hint = didYouMean(place, known);
    throw new ArgumentError(
      `the map names the layer "${shortened(place)}", which there is not.${hint} The first: ${known.slice(0, 12).join(", ")}`,
    );
  }
  const before = found.get(module);
  if (before) {
    throw new ArgumentError(
      `the map gives ${place} twice: ${shown(before.source)} and ${shown(source)}`,
    );
  }
  const why = misfit(module, source, true);
  if (why) throw new ArgumentError(`the map gives ${shown(source)} to ${place}: ${why}`);
  return module;
}

/** Why a module of a file is none of ours; null where it is. */
export function misfit(
  module: TorchModule,
  { tensors }: SourceModule,
  isMapped = false,
): string | null {
  for (const { name, shape, filled } of module.tensors) {
    const tensor = tensors.get(name);
    if (!tensor && filled === undefined)
      return `expected ${name} ${showShape(shape)}, received none`;
    if (tensor && !isLike(tensor.shape, shape, isMapped)) {
      return `expected ${name} ${showShape(shape)}, received ${showShape(tensor.shape)}`;
    }
  }
  const known = module.tensors.map(({ name }) => name);
  const other = [...tensors.keys()].find((name) => !known.includes(name));
  if (other === undefined) return null;
  const hint = other === "bias" ? ": the layer has bias: false" : "";
  return `${shortened(other)} is no part of it${hint}`;
}

/** What a map names may have axes of 1 in front, as positions have one for the batch. */
function isLike(theirs: Shape, ours: Shape, isMapped: boolean): boolean {
  if (sameShape(theirs, ours)) return true;
  const more = theirs.length - ours.length;
  return (
    isMapped &&
    more > 0 &&
    theirs.slice(0, more).every((n) => n === 1) &&
    sameShape(theirs.slice(more), ours)
  );
}

function couldBe(module: TorchModule, source: SourceModule, open: readonly TorchModule[]): boolean {
  if (misfit(module, source) !== null) return false;
  const last = splitLast(source.name)[1];
  if (module.called) return module.called.test(last);
  // What is called as a part of an attention is left for it.
  return !open.some((one) => one.called?.test(last) && misfit(one, source) === null);
}

/** What orders the modules that this could be. */
function howTold(module: TorchModule, left: readonly SourceModule[]): Matched["by"] {
  const alike = left.filter((source) => misfit(module, source) === null);
  if (alike.length < 2) return "shapes";
  const patterns = alike.map(({ name }) => name.replaceAll(/\d+/g, "#"));
  return new Set(patterns).size === 1 ? "numbers" : "alphabet";
}

const MOST_SHOWN = 3;
/** As many modules as are compared letter by letter for an error. */
const MOST_COMPARED = 2000;

/** A module of a file with its shapes. */
function shown({ name, tensors }: SourceModule): string {
  const parts = [...tensors].map(([part, { shape }]) => `${shortened(part)} ${showShape(shape)}`);
  const some = parts.slice(0, 4).join(", ");
  return `${name === "" ? "the module without a name" : shortened(name)} (${some}${parts.length > 4 ? ", …" : ""})`;
}

const expected = ({ place, type, tensors, layer }: TorchModule) => {
  const parts = tensors
    .filter(({ filled }) => filled === undefined)
    .map(({ name, shape }) => `${name} ${showShape(shape)}`);
  const called = place === layer ? place : `${place} (${layer})`;
  return `${called}: expected the tensors of a ${type}: ${parts.join(", ")}`;
};

/** How far a module is from ours: its shapes count most, its name after that. */
function distance(module: TorchModule, { name, tensors }: SourceModule): number {
  let far = 0;
  for (const { name: part, shape, filled } of module.tensors) {
    const tensor = tensors.get(part);
    if (!tensor) far += filled === undefined ? 20 : 0;
    else if (tensor.shape.length !== shape.length) far += 15;
    else far += shape.filter((n, axis) => tensor.shape[axis] !== n).length * 4;
  }
  const [a, b] = [fold(splitLast(name)[1]).slice(0, 60), fold(module.place).slice(0, 60)];
  return far + editDistance(a, b) / Math.max(a.length, b.length, 1);
}

function unmatched(module: TorchModule, left: readonly SourceModule[], sources: number): string {
  const near = left
    .slice(0, MOST_COMPARED)
    .map((source) => ({ source, far: distance(module, source) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST_SHOWN)
    .map(({ source }) => shown(source));
  const rest =
    near.length > 0
      ? `the file has none of these that is free; nearest: ${near.join("; ")}`
      : `the file has no module more: it has ${sources}`;
  return `${expected(module)}; ${rest}`;
}

function leftOver(left: readonly SourceModule[], modules: readonly TorchModule[]): string {
  const some = left.slice(0, MOST_SHOWN).map(shown).join("; ");
  const more = left.length > MOST_SHOWN ? ` and ${left.length - MOST_SHOWN} more` : "";
  return (
    `the file has more modules than the model's ${modules.length}: nothing takes ${some}${more}. ` +
    `Leave one out with a map: { ${JSON.stringify(shortened(left[0]!.name))}: null }`
  );
}
