// The kernels and arrays of a program in the making: who computes a value, who stores and reads an array.

import { allocate, type DType } from "../../../ir/dtype.ts";
import { Node, type Value } from "../../../ir/graph.ts";
import { type Shape, sizeOf, stridesOf } from "../../../ir/shape.ts";
import { copyStrided } from "../../../ops/arithmetic/strided.ts";
import type { Element } from "./element.ts";
import { Fusion, type Head } from "./fusion.ts";
import { Hosts } from "./hosts.ts";
import { isNumber } from "./roots.ts";
import { type Buffer, type BufferView, sizeInBytes, wholeView } from "./view.ts";

export class Fusions {
  readonly list: Fusion[] = [];
  readonly buffers: Buffer[] = [];
  /** The graph's data, each with its array. */
  readonly constants: Map<Node<"constant">, Buffer> = new Map();
  /** The kernel that computes a value, for values that are in memory or could be. */
  readonly producers: Map<Value, Fusion> = new Map();
  readonly hosts: Hosts = new Hosts();
  readonly #buffers = new Map<Value, Buffer>();
  readonly #writers = new Map<Buffer, Fusion>();
  readonly #readers = new Map<Buffer, Set<Fusion>>();

  /** A new array. */
  makeBuffer(dtype: DType, shape: Shape): Buffer {
    const buffer = { id: this.buffers.length, dtype, shape, bytes: sizeInBytes(dtype, shape) };
    this.buffers.push(buffer);
    return buffer;
  }

  /** A new array for a value that no kernel computes. */
  giveBuffer(value: Value): Buffer {
    const buffer = this.makeBuffer(value.type.dtype, value.type.shape);
    this.#buffers.set(value, buffer);
    return buffer;
  }

  /** The array of a value; asked for the first time, its kernel stores it there. */
  bufferOf(value: Value): Buffer {
    const known = this.#buffers.get(value);
    if (known) return known;
    const buffer = this.giveBuffer(value);
    this.storeIn(value, buffer);
    return buffer;
  }

  /** The array of a value that has one. */
  knownBuffer(value: Value): Buffer | undefined {
    return this.#buffers.get(value);
  }

  isInMemory(value: Value): boolean {
    return this.#buffers.has(value) || this.producers.has(value);
  }

  /** True where kernels load a value; else they compute it, or make it up, where they need it. */
  isLoaded(value: Value): boolean {
    return this.isInMemory(value) && !isNumber(value);
  }

  /** The kernels that read an array, in the order in which they were made. */
  readersOf(buffer: Buffer): readonly Fusion[] {
    return [...(this.#readers.get(buffer) ?? [])].sort((a, b) => a.id - b.id);
  }

  /** @param head null where it is yet to be found: then `begin` follows */
  start(head: Head | null, domain: Shape): Fusion {
    const fusion = new Fusion(this.list.length, domain);
    this.list.push(fusion);
    if (head) this.begin(fusion, head);
    return fusion;
  }

  begin(fusion: Fusion, head: Head): void {
    fusion.begin(head);
    if (head.kind === "map") this.hosts.start(fusion);
    else this.#noteReads(fusion);
    if (head.kind !== "special") return;
    for (const buffer of head.results) this.#writers.set(buffer, fusion);
  }

  /** Lets a kernel give a value of the graph. */
  produce(value: Value, element: Element, fusion: Fusion): void {
    fusion.values.set(value, element);
    fusion.results += 1;
    this.producers.set(value, fusion);
  }

  /** Lets the result of a special op be the array that its kernel writes. */
  produceIn(value: Value, buffer: Buffer, fusion: Fusion): void {
    this.#buffers.set(value, buffer);
    this.producers.set(value, fusion);
  }

  /** Makes the kernel of a value store it in this array, also where it stores it in another. */
  storeIn(value: Value, buffer: Buffer): void {
    const fusion = this.producers.get(value)!;
    this.#store(fusion, fusion.values.get(value)!, buffer);
  }

  /** Lets a kernel come after those that write what the views show. */
  followWriters(fusion: Fusion, views: readonly BufferView[]): void {
    for (const { buffer } of views) {
      const writer = this.#writers.get(buffer);
      if (writer) fusion.follow(writer);
    }
  }

  /** A kernel that copies a value, or what was saved of it, into an array. */
  copy(value: Value, buffer: Buffer, saved?: Buffer): Fusion {
    const fusion = this.start({ kind: "map" }, value.type.shape);
    const view = wholeView(saved ?? this.bufferOf(value), value.type.shape);
    this.followWriters(fusion, [view]);
    this.#store(fusion, { kind: "load", dtype: value.type.dtype, view }, buffer);
    return fusion;
  }

  /**
   * A copy of what the view shows, row-major, of the same element type or another, and the kernel that makes it; of
   * data of the graph it is data itself.
   */
  compact(
    view: BufferView,
    dtype: DType = view.buffer.dtype,
  ): { view: BufferView; copy: Fusion | null } {
    const copied = dtype === view.buffer.dtype ? this.#copiedConstant(view) : null;
    if (copied) return { view: wholeView(copied, view.shape), copy: null };
    const buffer = this.makeBuffer(dtype, view.shape);
    const copy = this.start({ kind: "map" }, view.shape);
    const load: Element = { kind: "load", dtype: view.buffer.dtype, view };
    const element: Element = { kind: "op", op: "cast", dtype, args: [load] };
    this.#store(copy, dtype === load.dtype ? load : element, buffer);
    this.followWriters(copy, [view]);
    return { view: wholeView(buffer, view.shape), copy };
  }

  /** Data in the order in which a view shows it; null for what is none, and for data that is repeated. */
  #copiedConstant(view: BufferView): Buffer | null {
    const { shape, buffer } = view;
    const size = sizeOf(shape);
    if (size > sizeOf(buffer.shape)) return null;
    const found = [...this.constants].find(([, own]) => own === buffer);
    if (!found) return null;
    const { data, dtype } = found[0].params;
    const copy = allocate(dtype, size);
    copyStrided(shape, { ...view, data }, { data: copy, offset: 0, strides: stridesOf(shape) });
    const node = new Node("constant", [], { data: copy, dtype, shape }, [{ dtype, shape }]);
    const own = this.makeBuffer(dtype, shape);
    this.constants.set(node, own);
    return own;
  }

  #store(fusion: Fusion, element: Element, buffer: Buffer): void {
    fusion.stores.push({ element, buffer });
    this.#writers.set(buffer, fusion);
    this.hosts.add(fusion, element);
    this.#noteReads(fusion);
  }

  #noteReads(fusion: Fusion): void {
    for (const { view } of fusion.reads) {
      const readers = this.#readers.get(view.buffer) ?? new Set();
      this.#readers.set(view.buffer, readers.add(fusion));
    }
  }
}
