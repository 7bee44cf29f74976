// Where transpositions stand: behind what is computed element by element, so that those before and those after it
// meet, as around a convolution of images whose channels come first.

import { type Graph, makeGraph, type Node, type Value } from "../../ir/graph.ts";
import { type Shape, sizeOf } from "../../ir/shape.ts";
import { opOf } from "../../ops/table.ts";
import { Rewriter } from "./rewriter.ts";

/** A value of the graph as it is computed: with its axes in another order, or as it was. */
interface Seen {
  readonly value: Value;
  /** Transposing by it gives the value that the graph means; null where it is that value. */
  readonly perm: readonly number[] | null;
}

/** The graph with its transpositions as late as can be; it computes the same bits. */
export function withLateTranspositions(graph: Graph): Graph {
  const pass = new LayoutPass(graph.inputs);
  for (const node of graph.nodes) pass.add(node);
  return makeGraph(
    graph.inputs,
    graph.outputs.map((output) => pass.asMeant(output)),
  );
}

/** True where a transposition stands before something that it could stand behind. */
export function mayBeLater({ nodes }: Graph): boolean {
  return nodes.some(
    (node) => letsPass(node) && node.inputs.some(({ node: maker }) => maker?.op === "transpose"),
  );
}

const isScalar = ({ op }: Node) => opOf(op).meaning.kind === "scalar";

const MOVES: ReadonlySet<string> = new Set(["concat", "pad", "slice", "flip", "expand"]);

const letsPass = (node: Node): boolean =>
  isScalar(node) || MOVES.has(node.op) || node.op === "reshape";

class LayoutPass {
  readonly #rewriter = new Rewriter();
  readonly #seen = new Map<Value, Seen>();

  constructor(inputs: readonly Value[]) {
    for (const input of inputs) this.#seen.set(input, { value: input, perm: null });
  }

  /** The value of the graph itself. */
  asMeant(given: Value): Value {
    const { value, perm } = this.#seen.get(given)!;
    return perm ? this.#rewriter.o.transpose(value, { perm }) : value;
  }

  add(node: Node): void {
    this.#rewriter.at(node);
    const [output] = node.outputs;
    const turned = this.#turned(node);
    if (turned) {
      this.#seen.set(output!, turned);
      return;
    }
    const inputs = node.inputs.map((input) => this.asMeant(input));
    const results = this.#rewriter.copy(node, inputs);
    node.outputs.forEach((value, i) => {
      this.#seen.set(value, { value: results[i]!, perm: null });
    });
  }

  /** The node's result in the order of its operands; null where that would cost as much as it saves. */
  #turned(node: Node): Seen | null {
    if (node.op === "transpose") {
      const { perm } = node.params as Node<"transpose">["params"];
      const { value, perm: first } = this.#seen.get(node.inputs[0]!)!;
      const both = first ? perm.map((axis) => first[axis]!) : perm;
      return { value, perm: both.every((axis, i) => axis === i) ? null : both };
    }
    if (!letsPass(node)) return null;
    const perm = this.#order(node.inputs);
    if (!perm) return null;
    if (node.op === "reshape") return this.#reshaped(node as Node<"reshape">, perm);
    const inputs = node.inputs.map((input) => this.#inOrder(input, perm));
    const value = isScalar(node)
      ? this.#rewriter.copy(node, inputs)[0]!
      : this.#move(node, inputs as [Value, ...Value[]], perm);
    return { value, perm };
  }

  /** The order in which the fewest operands must be transposed; null for the one that is meant. */
  #order(inputs: readonly Value[]): readonly number[] | null {
    const all = inputs.map((input) => this.#seen.get(input)!);
    const some = all.filter(({ value }) => !isSpread(value));
    const full = some.length > 0 ? some : all;
    const costOf = (perm: readonly number[] | null) =>
      full.filter((own) => !sameOrder(own.perm, perm)).length;
    let [best, least] = [null as readonly number[] | null, costOf(null)];
    for (const { perm } of full) {
      const cost = costOf(perm);
      if (cost < least) [best, least] = [perm, cost];
    }
    return best;
  }

  /** The value that gives `input` when it is transposed by `perm`. */
  #inOrder(input: Value, perm: readonly number[]): Value {
    const { value, perm: own } = this.#seen.get(input)!;
    if (sameOrder(own, perm)) return value;
    const { o } = this.#rewriter;
    const back = inverse(perm);
    const turn = { perm: own ? back.map((axis) => own[axis]!) : back };
    if (value.node?.op !== "expand") return o.transpose(value, turn);
    const small = o.transpose(value.node.inputs[0]!, turn);
    return o.expand(small, { shape: turn.perm.map((axis) => value.type.shape[axis]!) });
  }

  /** Axes that are split, and neighbours that are joined, are so in any order. */
  #reshaped({ inputs, outputs }: Node<"reshape">, perm: readonly number[]): Seen | null {
    const { value } = this.#seen.get(inputs[0]!)!;
    const groups = axisGroups(inputs[0]!.type.shape, outputs[0]!.type.shape);
    const areNear = groups.every(([from]) =>
      from.every((axis, i) => i === 0 || perm[axis] === perm[from[i - 1]!]! + 1),
    );
    if (!areNear) return null;
    const inOrder = groups
      .filter(([from]) => from.length > 0)
      .sort(([[a]], [[b]]) => perm[a!]! - perm[b!]!);
    const to = inOrder.flatMap(([, axes]) => axes);
    // Axes of length 1 out of nothing stand at the end.
    const axes = [...to, ...groups.filter(([from]) => from.length === 0).flatMap(([, own]) => own)];
    const shape = axes.map((axis) => outputs[0]!.type.shape[axis]!);
    const reshaped = this.#rewriter.o.reshape(value, { shape });
    const order = inverse(axes);
    return { value: reshaped, perm: order.every((axis, i) => axis === i) ? null : order };
  }

  /** The move of an array with its axes in another order. */
  #move(node: Node, inputs: readonly [Value, ...Value[]], perm: readonly number[]): Value {
    const { o } = this.#rewriter;
    const axisOf = (axis: number) => perm[axis]!;
    const back = inverse(perm);
    const inOrder = <T>(each: readonly T[]) => back.map((axis) => each[axis]!);
    switch (node.op) {
      case "expand": {
        const { shape } = (node as Node<"expand">).params;
        return o.expand(inputs[0], { shape: inOrder(shape) });
      }
      case "concat": {
        const { axis } = (node as Node<"concat">).params;
        return o.concat(...inputs, { axis: axisOf(axis) });
      }
      case "pad": {
        const { low, high, interior } = (node as Node<"pad">).params;
        const params = { low: inOrder(low), high: inOrder(high), interior: inOrder(interior) };
        return o.pad(inputs[0], params);
      }
      case "slice": {
        const { start, end, step } = (node as Node<"slice">).params;
        return o.slice(inputs[0], {
          start: inOrder(start),
          end: inOrder(end),
          step: inOrder(step),
        });
      }
      default: {
        const { axes } = (node as Node<"flip">).params;
        return o.flip(inputs[0], { axes: axes.map(axisOf).sort((a, b) => a - b) });
      }
    }
  }
}

/** True for what is spread from fewer numbers: they are what is transposed. */
function isSpread({ node, type }: Value): boolean {
  if (node?.op === "constant") return sizeOf(type.shape) === 1;
  return node?.op === "expand" && 2 * sizeOf(node.inputs[0]!.type.shape) <= sizeOf(type.shape);
}

const sameOrder = (a: readonly number[] | null, b: readonly number[] | null): boolean =>
  a === b || (a !== null && b !== null && a.every((axis, i) => axis === b[i]));

/** The fewest axes of one shape that hold what some axes of the other hold, group by group. */
function axisGroups(from: Shape, to: Shape): (readonly [number[], number[]])[] {
  const groups: (readonly [number[], number[]])[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [ins, outs] = [[] as number[], [] as number[]];
    let [a, b] = [1, 1];
    do {
      if (i < from.length && (a <= b || j === to.length)) {
        ins.push(i);
        a *= from[i++]!;
      } else {
        outs.push(j);
        b *= to[j++]!;
      }
    } while (a !== b && (i < from.length || j < to.length));
    // An axis of length 1 that is new stays where it was put: it may be repeated, and joined with its neighbour.
    while (to[j] === 1) outs.push(j++);
    groups.push([ins, outs]);
  }
  return groups;
}

const inverse = (perm: readonly number[]): number[] => perm.map((_, axis) => perm.indexOf(axis));
