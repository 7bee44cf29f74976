// Reads the equation of an einsum: a name for every axis of every operand, and those of the result.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { type Shape, showShape } from "../../ir/shape.ts";

/** A letter; of the axes that `...` stands for the last is -1, the one before it -2. */
export type AxisName = string | number;

export interface Equation {
  readonly inputs: readonly (readonly AxisName[])[];
  readonly output: readonly AxisName[];
  /** The length of each axis in the result; operands may have 1 where `...` stands for it. */
  readonly sizes: ReadonlyMap<AxisName, number>;
}

/** One operand's part: the letters before and behind `...`, if it has that. */
interface Term {
  readonly before: readonly string[];
  /** null without `...` */
  readonly behind: readonly string[] | null;
}

/** @throws ArgumentError for what is no equation, ShapeError where it does not fit the shapes */
export function readEquation(equation: string, shapes: readonly Shape[]): Equation {
  const [left, right, extra] = equation.replaceAll(" ", "").split("->");
  if (extra !== undefined) throw malformed(equation);
  const terms = left!.split(",").map((term) => readTerm(term, equation));
  if (terms.length !== shapes.length) {
    throw new ArgumentError(
      `einsum: "${equation}" names ${terms.length} operands, received ${shapes.length}`,
    );
  }
  const dots = Math.max(0, ...terms.map((term, i) => dotsOf(term, shapes[i]!)));
  const inputs = terms.map((term, i) => named(term, dotsOf(term, shapes[i]!)));
  const sizes = sizesOf(inputs, shapes);
  const result = right === undefined ? null : readTerm(right, equation);
  const output = result ? named(result, result.behind ? dots : 0) : implied(inputs, dots);
  checkOutput(`"${right ?? output.join("")}" of "${equation}"`, output, sizes, dots);
  return { inputs, output, sizes };
}

function readTerm(text: string, equation: string): Term {
  const parts = text.split("...");
  if (parts.length > 2 || !parts.every((part) => /^[a-zA-Z]*$/.test(part))) {
    throw malformed(equation);
  }
  return { before: [...parts[0]!], behind: parts.length === 2 ? [...parts[1]!] : null };
}

function malformed(equation: string): ArgumentError {
  return new ArgumentError(
    `einsum: "${equation}" is not an equation such as "ij,jk->ik" or "...ij,...jk->...ik"`,
  );
}

/** How many axes the `...` of an operand stands for. */
function dotsOf({ before, behind }: Term, shape: Shape): number {
  const dots = shape.length - before.length - (behind?.length ?? 0);
  if (behind ? dots >= 0 : dots === 0) return Math.max(dots, 0);
  const text = behind ? `${before.join("")}...${behind.join("")}` : before.join("");
  throw new ShapeError(`einsum: "${text}" does not name the axes of ${showShape(shape)}`);
}

/** The names of a term's axes, `dots` of them in place of `...`. */
function named({ before, behind }: Term, dots: number): AxisName[] {
  return [...before, ...counted(dots), ...(behind ?? [])];
}

const counted = (dots: number) => Array.from({ length: dots }, (_, i) => i - dots);
const isDots = (name: AxisName) => typeof name === "number";

function sizesOf(inputs: readonly (readonly AxisName[])[], shapes: readonly Shape[]) {
  const sizes = new Map<AxisName, number>();
  inputs.forEach((names, i) => {
    names.forEach((name, axis) => {
      const [known, size] = [sizes.get(name), shapes[i]![axis]!];
      if (known === undefined || (isDots(name) && known === 1)) sizes.set(name, size);
      else if (size !== known && !(isDots(name) && size === 1)) throw differing(name, known, size);
    });
  });
  return sizes;
}

function differing(name: AxisName, a: number, b: number): ShapeError {
  if (!isDots(name)) return new ShapeError(`einsum: axis "${name}" has lengths ${a} and ${b}`);
  return new ShapeError(`einsum: axes that "..." stands for have lengths ${a} and ${b}`);
}

/** Without `->`: the axes of `...`, then the letters that occur once, in alphabetical order. */
function implied(inputs: readonly (readonly AxisName[])[], dots: number): AxisName[] {
  const all = inputs.flat().filter((name) => !isDots(name));
  const once = all.filter((name) => all.indexOf(name) === all.lastIndexOf(name));
  return [...counted(dots), ...once.sort()];
}

function checkOutput(
  result: string,
  output: readonly AxisName[],
  sizes: ReadonlyMap<AxisName, number>,
  dots: number,
): void {
  const unknown = output.find((name) => !sizes.has(name));
  const isTwice = new Set(output).size !== output.length;
  const lacks = dots > 0 && !output.some(isDots);
  if (unknown === undefined && !isTwice && !lacks) return;
  let wrong =
    'lacks the axes that "..." stands for; write "..." there as well, or sum() them first';
  if (unknown !== undefined) wrong = `has an unknown axis "${unknown}"`;
  else if (isTwice) wrong = "names an axis twice";
  throw new ArgumentError(`einsum: the result ${result} ${wrong}`);
}
