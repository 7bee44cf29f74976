// Turns a graph into kernels: every root joins a kernel that has its operands at hand, or starts one.

import type { DType } from "../../../ir/dtype.ts";
import type { Graph, Node, Value } from "../../../ir/graph.ts";
import { type Shape, sameShape, sizeOf } from "../../../ir/shape.ts";
import { MOST_COST } from "./bounds.ts";
import { type Element, keptAxes } from "./element.ts";
import { Group, type Head } from "./group.ts";
import { Hosts, MOST_STORES } from "./hosts.ts";
import { isElementwise, isMovement, isReduction } from "./kinds.ts";
import { chooseRoots, isMadeUp, isNumber } from "./roots.ts";
import { type Buffer, bytesOf, isWhole, type Move, moved, type View, wholeView } from "./view.ts";

export const ARENA = { home: "arena", index: 0 } as const;

/** A leaf of a root's expression: a value in memory, and the movement on the way to it. */
interface Leaf {
  readonly value: Value;
  readonly pointwise: boolean;
}

export class Fuser {
  readonly graph: Graph;
  readonly groups: Group[] = [];
  readonly buffers: Buffer[] = [];
  /** The memory of the graph's inputs, in order. */
  readonly inputBuffers: readonly Buffer[];
  readonly constants: Node<"constant">[] = [];
  /** The group that computes a value, for values that are in memory or could be. */
  readonly producers: Map<Value, Group> = new Map();
  readonly #buffers = new Map<Value, Buffer>();
  readonly #writers = new Map<Buffer, Group>();
  /** What is computed in memory or in registers of its own, and what that costs. */
  readonly #roots: ReadonlyMap<Value, number>;
  readonly #outputs: ReadonlySet<Value>;
  readonly #hosts = new Hosts();
  readonly #readers = new Map<Buffer, Set<Group>>();

  constructor(graph: Graph, homes: readonly Pick<Buffer, "home" | "index">[]) {
    this.graph = graph;
    this.#roots = chooseRoots(graph);
    this.#outputs = new Set(graph.outputs);
    this.inputBuffers = graph.inputs.map(({ type: { dtype, shape } }, i) =>
      this.makeBuffer(dtype, shape, homes[i]!),
    );
    graph.inputs.forEach((input, i) => {
      this.#buffers.set(input, this.inputBuffers[i]!);
    });
    for (const node of graph.nodes) this.#place(node);
  }

  /** The memory of a value; asked for the first time, its group stores it there. */
  bufferOf(value: Value): Buffer {
    const known = this.#buffers.get(value);
    if (known) return known;
    const buffer = this.makeBuffer(value.type.dtype, value.type.shape, {
      home: "arena",
      index: 0,
    });
    this.#buffers.set(value, buffer);
    this.storeIn(value, buffer);
    return buffer;
  }

  /** Makes the group of a value store it in this buffer, perhaps besides others. */
  storeIn(value: Value, buffer: Buffer): void {
    const group = this.producers.get(value)!;
    this.#store(group, group.values.get(value)!, buffer);
  }

  /** The groups that read a buffer, in the order in which they were made. */
  readersOf(buffer: Buffer): readonly Group[] {
    return [...(this.#readers.get(buffer) ?? [])].sort((a, b) => a.id - b.id);
  }

  #store(group: Group, element: Element, buffer: Buffer): void {
    group.stores.push({ element, buffer });
    this.#writers.set(buffer, group);
    this.#hosts.add(group, element);
    this.#noteReads(group);
  }

  #noteReads(group: Group): void {
    for (const { view } of group.reads) {
      const readers = this.#readers.get(view.buffer) ?? new Set();
      this.#readers.set(view.buffer, readers.add(group));
    }
  }

  /** A kernel that copies a value, or what was saved of it, into a buffer. */
  copy(value: Value, buffer: Buffer, saved?: Buffer): Group {
    const group = this.#start({ kind: "map" }, value.type.shape);
    const view = wholeView(saved ?? this.bufferOf(value), value.type.shape);
    this.#followProducers(group, [view]);
    this.#store(group, { kind: "load", dtype: value.type.dtype, view }, buffer);
    return group;
  }

  /** An array of any home. */
  makeBuffer(dtype: DType, shape: Shape, home: Pick<Buffer, "home" | "index">): Buffer {
    const buffer = { id: this.buffers.length, dtype, shape, bytes: bytesOf(dtype, shape), ...home };
    this.buffers.push(buffer);
    return buffer;
  }

  #start(head: Head, domain: Shape): Group {
    const group = new Group(this.groups.length, head, domain);
    this.groups.push(group);
    if (head.kind === "contraction" || head.kind === "special") this.#noteReads(group);
    if (head.kind === "map") this.#hosts.start(group);
    return group;
  }

  #place(node: Node): void {
    const value = node.outputs[0]!;
    if (isElementwise(node.op) || isMovement(node.op)) {
      if (this.#roots.has(value)) this.#placeRoot(value);
    } else if (node.op === "constant") {
      if (!isMadeUp(value) || this.#outputs.has(value))
        this.#placeConstant(node as Node<"constant">);
    } else if (node.op === "iota") {
      if (this.#outputs.has(value)) this.#placeRoot(value);
    } else if (isReduction(node.op)) {
      this.#placeReduction(node as Node<"sum" | "reduceMax">);
    } else if (node.op === "matmul" || node.op.startsWith("conv")) {
      this.#placeContraction(node as Node<"matmul">);
    } else {
      this.#placeSpecial(node);
    }
  }

  #placeConstant(node: Node<"constant">): void {
    const [value] = node.outputs as [Value];
    const home = { home: "constant", index: this.constants.length } as const;
    this.constants.push(node);
    this.#buffers.set(value, this.makeBuffer(value.type.dtype, value.type.shape, home));
  }

  /** An elementwise value joins a kernel that has what it needs, or becomes a kernel. */
  #placeRoot(value: Value): void {
    const leaves = this.#leavesOf(value);
    const shape = value.type.shape;
    const cost = this.#roots.get(value) ?? 0;
    const group = this.#hostFor(shape, leaves, cost) ?? this.#start({ kind: "map" }, shape);
    group.cost += cost;
    const moves: Move[] = [];
    if (!sameShape(shape, group.domain))
      moves.push({ op: "reshape", params: { shape: group.domain } });
    const element = this.#inside(value, moves, group);
    this.#produce(value, element, group);
  }

  #hostFor(shape: Shape, leaves: readonly Leaf[], cost: number): Group | undefined {
    const producers = leaves.flatMap(({ value }) => this.producers.get(value) ?? []);
    const fits = (group: Group) =>
      group.open &&
      group.size === sizeOf(shape) &&
      group.results < MOST_STORES &&
      group.cost + cost <= MOST_COST &&
      leaves.every(({ value, pointwise }) => {
        const producer = this.producers.get(value);
        if (!producer) return true;
        return producer === group ? pointwise : !producer.dependsOn(group);
      });
    const own = [...new Set(producers)].filter(fits);
    if (own.length > 0) return own.sort((a, b) => weight(b) - weight(a) || b.id - a.id)[0];
    const read = leaves.flatMap(({ value }) => this.#buffers.get(value) ?? []);
    return this.#hosts.candidates(shape, read).find(fits);
  }

  #placeReduction(node: Node<"sum" | "reduceMax">): void {
    const [input] = node.inputs as [Value];
    const [output] = node.outputs as [Value];
    const { axes } = node.params;
    const { shape } = input.type;
    const inOrder = [...axes].sort((a, b) => a - b);
    const kept = keptAxes(shape, axes);
    const reduced = inOrder.map((axis) => shape[axis]!);
    const along = axes.includes(shape.length - 1);
    // The operand is computed inside the kernel, so the group is needed before its head is whole.
    const moves: Move[] = [{ op: "transpose", params: { perm: [...kept, ...inOrder] } }];
    const element = { kind: "number", dtype: "float32", value: 0 } as Element;
    const head = { kind: "reduce", op: node.op, reduced, along, element } as const;
    const group = this.#start(head, output.type.shape);
    (head as { element: Element }).element = this.#element(input, moves, group);
    this.#noteReads(group);
    this.#finishHead(group, output);
  }

  #placeContraction(node: Node<"matmul" | "conv" | "convGradInput" | "convGradKernel">): void {
    const views = node.inputs.map((input, i) => {
      if (node.op === "matmul") return this.#forwards(this.#viewOf(input));
      // The gradient by images runs along the kernel's input channels.
      return node.op === "convGradInput" && i === 1
        ? this.#wholeOf(input, [{ op: "transpose", params: { perm: [0, 1, 3, 2] } }])
        : this.#wholeOf(input);
    });
    const [output] = node.outputs as [Value];
    const { dtype } = output.type;
    // Bytes are multiplied as int32: the low eight bits come out the same.
    const operands = views.map((view) =>
      dtype === "uint8" ? this.#compact(view, null, "int32") : view,
    ) as [View, View];
    const group = this.#start({ kind: "contraction", node, operands }, output.type.shape);
    this.#followProducers(group, operands);
    if (dtype === "uint8") {
      const head: Element = { kind: "head", dtype: "int32" };
      this.#produce(output, { kind: "op", op: "cast", dtype, args: [head] }, group);
    } else this.#finishHead(group, output);
  }

  #placeSpecial(node: Node): void {
    const operands = node.inputs.map((input) => this.#wholeOf(input));
    const results = node.outputs.map((output) =>
      this.makeBuffer(output.type.dtype, output.type.shape, ARENA),
    );
    const group = this.#start(
      { kind: "special", node, operands, results },
      node.outputs[0]?.type.shape ?? [],
    );
    this.#followProducers(group, operands);
    node.outputs.forEach((output, i) => {
      this.#buffers.set(output, results[i]!);
      this.#writers.set(results[i]!, group);
      this.producers.set(output, group);
    });
  }

  #finishHead(group: Group, output: Value): void {
    this.#produce(output, { kind: "head", dtype: output.type.dtype }, group);
  }

  #produce(value: Value, element: Element, group: Group): void {
    group.values.set(value, element);
    group.results += 1;
    this.producers.set(value, group);
  }

  #followProducers(group: Group, views: readonly View[]): void {
    for (const { buffer } of views) {
      const writer = this.#writers.get(buffer);
      if (writer) group.follow(writer);
    }
  }

  /** The values in memory that an expression reads: `#element` loads these and no others. */
  #leavesOf(root: Value): Leaf[] {
    const leaves: Leaf[] = [];
    const seen = new Map<boolean, Set<Value>>([true, false].map((still) => [still, new Set()]));
    const visit = (value: Value, pointwise: boolean, isRoot: boolean): void => {
      if (seen.get(pointwise)!.has(value)) return;
      seen.get(pointwise)!.add(value);
      if (!isRoot && this.#isLoaded(value)) {
        leaves.push({ value, pointwise });
        return;
      }
      const { op, inputs } = value.node!;
      const still = pointwise && (!isMovement(op) || op === "reshape");
      for (const input of inputs) visit(input, still, false);
    };
    visit(root, true, true);
    return leaves;
  }

  /** True where kernels load a value; else they compute it, or make it up, where they need it. */
  #isLoaded(value: Value): boolean {
    return this.#inMemory(value) && !isNumber(value);
  }

  #inMemory(value: Value): boolean {
    return this.#buffers.has(value) || this.producers.has(value);
  }

  /**
   * The element of `value` after `moves`, read from memory or computed here; once for each value and
   * way to it, so that shared parts stay shared.
   */
  #element(value: Value, moves: readonly Move[], group: Group): Element {
    const identity = isIdentity(value.type.shape, moves, group.domain);
    const known = identity ? group.values.get(value) : group.moved.get(value)?.get(moves);
    if (known) return known;
    const made = this.#isLoaded(value)
      ? this.#load(value, moves, group)
      : this.#inside(value, moves, group);
    if (identity) group.values.set(value, made);
    else group.moved.set(value, (group.moved.get(value) ?? new Map()).set(moves, made));
    return made;
  }

  /** The element of a value that is computed in this very kernel. */
  #inside(value: Value, moves: readonly Move[], group: Group): Element {
    const node = value.node!;
    const { dtype } = value.type;
    if (node.op === "constant") {
      const { data } = (node as Node<"constant">).params;
      return { kind: "number", dtype, value: data[0]! };
    }
    if (node.op === "iota") return this.#index(value, moves, group);
    if (isMovement(node.op)) {
      const move = { op: node.op, params: node.params } as Move;
      return this.#element(node.inputs[0]!, [move, ...moves], group);
    }
    const args = node.inputs.map((input) => this.#element(input, moves, group));
    return { kind: "op", dtype, op: node.op, args };
  }

  #load(value: Value, moves: readonly Move[], group: Group): Element {
    const { dtype, shape } = value.type;
    const producer = this.producers.get(value);
    const whole = wholeView(this.bufferOf(value), shape);
    if (producer) group.follow(producer);
    return { kind: "load", dtype, view: this.#moveAll(whole, moves, group) };
  }

  /**
   * A count computed where it is needed; where no view can follow the moves, read from memory. The
   * kernel that puts it there is its own: any other might wait for the one that asks.
   */
  #index(value: Value, moves: readonly Move[], group: Group): Element {
    let view: View<null> = wholeView(null, value.type.shape);
    for (const move of moves) {
      const next = moved(view, move);
      if (!next) {
        const { dtype, shape } = value.type;
        const count = { kind: "index", dtype, view: wholeView(null, shape) } as const;
        this.#produce(value, count, this.#start({ kind: "map" }, shape));
        return this.#load(value, moves, group);
      }
      view = next;
    }
    return { kind: "index", dtype: value.type.dtype, view };
  }

  /** Follows the moves, copying where no view can. */
  #moveAll(start: View, moves: readonly Move[], group: Group): View {
    let view = start;
    for (const move of moves) {
      view = moved(view, move) ?? moved(this.#compact(view, group), move)!;
    }
    return view;
  }

  /** A copy of what the view shows, row-major, perhaps as another type; the group comes after it. */
  #compact(view: View, group: Group | null, dtype: DType = view.buffer.dtype): View {
    const buffer = this.makeBuffer(dtype, view.shape, ARENA);
    const copy = this.#start({ kind: "map" }, view.shape);
    const load: Element = { kind: "load", dtype: view.buffer.dtype, view };
    const element: Element = { kind: "op", op: "cast", dtype, args: [load] };
    this.#store(copy, dtype === load.dtype ? load : element, buffer);
    this.#followProducers(copy, [view]);
    group?.follow(copy);
    return wholeView(buffer, view.shape);
  }

  /** A value as a view of memory: movement is followed, not carried out. */
  #viewOf(value: Value): View {
    const moves: Move[] = [];
    let at = value;
    while (!this.#inMemory(at)) {
      const node = at.node!;
      if (!isMovement(node.op)) break;
      moves.unshift({ op: node.op, params: node.params } as Move);
      at = node.inputs[0]!;
    }
    if (!this.#inMemory(at)) this.#placeRoot(at); // a constant or a count
    const whole = wholeView(this.bufferOf(at), at.type.shape);
    let view = whole;
    for (const move of moves) view = moved(view, move) ?? moved(this.#compact(view, null), move)!;
    return view;
  }

  /** The view, or a copy where it runs backwards. */
  #forwards(view: View): View {
    return view.strides.some((stride) => stride < 0) ? this.#compact(view, null) : view;
  }

  /** A value, perhaps moved, as a whole array in row-major order. */
  #wholeOf(value: Value, moves: readonly Move[] = []): View {
    const view = moves.reduce((at, move) => moved(at, move)!, this.#viewOf(value));
    const whole = isWhole(view) ? view : this.#compact(view, null);
    return { ...whole, shape: view.shape };
  }
}

/** Contractions gain most from what they can do before storing, then reductions. */
function weight(group: Group): number {
  return { contraction: 2, reduce: 1, map: 0, special: 0 }[group.head.kind];
}

/** True where the moves lead to the same elements in the same order. */
function isIdentity(shape: Shape, moves: readonly Move[], domain: Shape): boolean {
  if (!moves.every((move) => move.op === "reshape")) return false;
  return sizeOf(shape) === sizeOf(domain) && (moves.length > 0 || sameShape(shape, domain));
}
