// An expression written out in its inputs alone, as symbolic differentiation takes it: what has a name is
// put in wherever it is read.

import type { Expression, ExpressionOperation, ExpressionSource } from "neurite/inspect/expression";

type Name = ExpressionOperation["function"];

/** In the words of mathjs; functions that are left out have no symbolic derivative here. */
const WRITTEN: Readonly<Partial<Record<Name, (u: string, v: string) => string>>> = {
  add: (u, v) => `(${u} + ${v})`,
  sub: (u, v) => `(${u} - ${v})`,
  mul: (u, v) => `(${u} * ${v})`,
  div: (u, v) => `(${u} / ${v})`,
  pow: (u, v) => `(${u} ^ ${v})`,
  neg: (u) => `(-${u})`,
  square: (u) => `(${u} ^ 2)`,
  expm1: (u) => `(exp(${u}) - 1)`,
  log1p: (u) => `log(1 + ${u})`,
  sigmoid: (u) => `(1 / (1 + exp(-${u})))`,
  softplus: (u) => `log(1 + exp(${u}))`,
  ...Object.fromEntries(
    (["exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "abs"] as const).map((name) => [
      name,
      (u: string) => `${name}(${u})`,
    ]),
  ),
};

/** How many names and numbers each operation is, written out; it can double with every operation. */
export function writtenSizes({ operations }: Expression): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { name, operands } of operations) {
    const total = operands.reduce((sum, source) => sum + sizeOfSource(source, sizes), 0);
    sizes.set(name, total);
  }
  return sizes;
}

export function sizeOfSource(source: ExpressionSource, sizes: ReadonlyMap<string, number>): number {
  return source.kind === "operation" ? sizes.get(source.name)! : 1;
}

/** Functions of an expression that have no symbolic derivative here. */
export function unwritable({ operations }: Expression): string[] {
  const found = operations.map((operation) => operation.function);
  return [...new Set(found.filter((name) => !WRITTEN[name]))];
}

/** The name that an input has there: mathjs has an e and an i of its own. */
export function symbolOf(place: number): string {
  return `x_${place}`;
}

/** What a source is, written out. */
export function writtenOut({ inputs, operations }: Expression, source: ExpressionSource): string {
  const known = new Map(operations.map((operation) => [operation.name, operation]));
  const write = (from: ExpressionSource): string => {
    if (from.kind === "constant") return from.value < 0 ? `(${from.value})` : String(from.value);
    if (from.kind === "input") return symbolOf(inputs.indexOf(from.name));
    const { function: name, operands } = known.get(from.name)!;
    const [u = "", v = ""] = operands.map(write);
    return WRITTEN[name]!(u, v);
  };
  return write(source);
}
