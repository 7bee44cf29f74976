// A walk through a computation graph: first the values, op by op, then a start of 1, then the derivatives, move by
// move. What is known at a place is read off the passes that the library made; nothing is computed here.

import type { Jobs } from "../../../protocol/index.ts";

export type Graph = Jobs["unfold"]["gives"];
export type Operation = Graph["operations"][number];
export type Pass = Graph["reverse"][number];
export type Move = Pass["moves"][number];
export type Term = Move["terms"][number];

export interface Walk {
  readonly graph: Graph;
  /** A pass of either mode. */
  readonly pass: Pass;
}

/** Where one stands: what was done last. */
export type Stop =
  | { readonly kind: "start" }
  | { readonly kind: "value"; readonly operation: Operation }
  | { readonly kind: "seed" }
  | { readonly kind: "move"; readonly operation: Operation; readonly move: Move };

/** The parts of a sum that have arrived at a value, of all that will. */
export interface Arrived {
  readonly parts: readonly number[];
  readonly all: number;
}

export interface Known {
  /** Operations whose value is computed. */
  readonly values: ReadonlySet<string>;
  /** Derivatives by name; without an entry there is none yet, which is not 0. */
  readonly derivatives: ReadonlyMap<string, number>;
  /** What flows along an edge, by edgeKey(). */
  readonly edges: ReadonlyMap<string, number>;
  /** Of values that several ops read. */
  readonly arrived: ReadonlyMap<string, Arrived>;
}

/** The edge into an operation, at the place of the operand. */
export function edgeKey(operation: string, place: number): string {
  return `${operation} ${place}`;
}

/** How many steps the walk has. */
export function lengthOf({ graph, pass }: Walk): number {
  return graph.operations.length + 1 + pass.moves.length;
}

export function stopAt({ graph, pass }: Walk, at: number): Stop {
  const { operations } = graph;
  if (at <= 0) return { kind: "start" };
  if (at <= operations.length) return { kind: "value", operation: operations[at - 1]! };
  if (at === operations.length + 1) return { kind: "seed" };
  const move = pass.moves[Math.min(at - operations.length - 2, pass.moves.length - 1)]!;
  return { kind: "move", operation: named(graph, move.operation), move };
}

/** The place of the walk at which an operation has its value, or its derivative. */
export function placeOf({ graph, pass }: Walk, operation: string, isBackward: boolean): number {
  const { operations } = graph;
  const moved = pass.moves.findIndex((move) => move.operation === operation);
  if (isBackward && moved >= 0) return operations.length + 2 + moved;
  return operations.findIndex(({ name }) => name === operation) + 1;
}

export function knownAt({ graph, pass }: Walk, at: number): Known {
  const { operations } = graph;
  const values = new Set(operations.slice(0, Math.max(at, 0)).map(({ name }) => name));
  const derivatives = new Map<string, number>();
  const edges = new Map<string, number>();
  const parts = new Map<string, number[]>();
  const isSeeded = at > operations.length;
  if (isSeeded && pass.mode === "forward")
    for (const { name } of graph.inputs) derivatives.set(name, 0);
  if (isSeeded && pass.seed !== null) derivatives.set(pass.seed, 1);
  const done = pass.moves.slice(0, Math.max(at - operations.length - 1, 0));
  for (const move of done) {
    const operation = named(graph, move.operation);
    if (pass.mode === "forward") derivatives.set(move.operation, move.value);
    for (const [place, term] of placedTerms(operation, move)) {
      edges.set(edgeKey(operation.name, place), term.product);
      if (pass.mode === "forward") continue;
      derivatives.set(term.operand, term.total);
      parts.set(term.operand, [...(parts.get(term.operand) ?? []), term.product]);
    }
  }
  const arrived = new Map<string, Arrived>();
  for (const [name, all] of arrivalsOf(pass)) {
    if (all > 1) arrived.set(name, { parts: parts.get(name) ?? [], all });
  }
  return { values, derivatives, edges, arrived };
}

/** Terms with the places of their operands: those of constants are left out of a move. */
export function placedTerms(
  operation: Operation,
  { terms }: Move,
): readonly (readonly [number, Term])[] {
  const places = operation.operands.flatMap(({ derivative }, place) =>
    derivative === null ? [] : [place],
  );
  return terms.map((term, i) => [places[i]!, term]);
}

/** How many products come together at each value, in the whole of a backward pass. */
function arrivalsOf({ mode, moves }: Pass): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  if (mode === "forward") return counts;
  for (const { operand } of moves.flatMap(({ terms }) => terms)) {
    counts.set(operand, (counts.get(operand) ?? 0) + 1);
  }
  return counts;
}

function named({ operations }: Graph, wanted: string): Operation {
  return operations.find(({ name }) => name === wanted)!;
}
