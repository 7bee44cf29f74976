// A kernel in the making: what it starts from, what it computes, what it stores, what it waits for.

import type { Node, Value } from "../../../ir/graph.ts";
import { type Shape, sizeOf } from "../../../ir/shape.ts";
import { type Element, elementsBelow } from "./element.ts";
import { leadsTo } from "./paths.ts";
import type { Buffer, BufferView, Move } from "./view.ts";

/** What a kernel starts from. */
export type Head =
  /** Nothing: it goes over its elements. */
  | { readonly kind: "map" }
  /** The element over [domain…, reduced…], folded over the reduced axes. */
  | {
      readonly kind: "reduce";
      readonly op: "sum" | "reduceMax";
      readonly reduced: Shape;
      /** True where the last axis of the op's operand is reduced: then lanes run along it. */
      readonly along: boolean;
      readonly element: Element;
    }
  | {
      readonly kind: "contraction";
      readonly node: Node<"matmul" | "conv" | "convGradInput" | "convGradKernel">;
      readonly operands: readonly [BufferView, BufferView];
    }
  | {
      readonly kind: "special";
      readonly node: Node;
      readonly operands: readonly BufferView[];
      readonly results: readonly Buffer[];
    };

export class Fusion {
  readonly id: number;
  #head: Head | null = null;
  /** The shape of what it gives. */
  readonly domain: Shape;
  /** Values that the kernel has at hand at each point of its domain; the first ones are those it produces. */
  readonly values: Map<Value, Element> = new Map();
  /** Values that it has at hand at other places, by the movement to them. */
  readonly moved: Map<Value, Map<readonly Move[], Element>> = new Map();
  /** Number of graph values that this kernel produces. */
  results = 0;
  /** What it costs to compute these, at most. */
  cost = 0;
  readonly stores: { readonly element: Element; readonly buffer: Buffer }[] = [];
  /** Fusions that must have run, with all those before them. */
  readonly before: Set<Fusion> = new Set();
  /** Fusions that wait for this one: they have it in their `before`. */
  readonly after: Set<Fusion> = new Set();
  #reads: { readonly stores: number; readonly list: readonly Read[] } | null = null;

  constructor(id: number, domain: Shape) {
    this.id = id;
    this.domain = domain;
  }

  get head(): Head {
    if (this.#head === null) throw new Error(`wasm: kernel ${this.id} has no head yet`);
    return this.#head;
  }

  /** Says what the kernel starts from, once. */
  begin(head: Head): void {
    this.#head ??= head;
  }

  get size(): number {
    return sizeOf(this.domain);
  }

  /** True where elementwise values may be added to what it computes. */
  get open(): boolean {
    return this.head.kind !== "special";
  }

  /** Makes `other` come before this fusion. */
  follow(other: Fusion): void {
    if (other === this) return;
    this.before.add(other);
    other.after.add(this);
  }

  /**
   * False only where `other` need not run before this fusion, directly or not. In a very large program
   * it may be true where nobody has looked far enough: then less is fused, and nothing is wrong.
   */
  dependsOn(other: Fusion): boolean {
    return leadsTo(other, this);
  }

  /** All elements of its expressions, in the index space where they are computed. */
  get elements(): Element[] {
    const roots = this.stores.map(({ element }) => element);
    return elementsBelow(this.head.kind === "reduce" ? [this.head.element, ...roots] : roots);
  }

  /** The views that it reads, and whether each is read at the very element that is written. */
  get reads(): readonly Read[] {
    if (this.#reads?.stores !== this.stores.length) {
      this.#reads = { stores: this.stores.length, list: this.#findReads() };
    }
    return this.#reads.list;
  }

  #findReads(): Read[] {
    const stored = new Set(elementsBelow(this.stores.map(({ element }) => element)));
    const loads = this.elements.flatMap((element) =>
      element.kind === "load"
        ? [
            {
              view: element.view,
              pointwise: stored.has(element) && samePlace(element.view, this.domain),
            },
          ]
        : [],
    );
    if (this.head.kind !== "contraction" && this.head.kind !== "special") return loads;
    const operands = this.head.operands.map((view) => ({ view, pointwise: false }));
    return [...operands, ...loads];
  }
}

interface Read {
  readonly view: BufferView;
  readonly pointwise: boolean;
}

/** True where element [i, j, …] of the view is the element at the same place of a whole array. */
function samePlace({ offset, strides }: BufferView, domain: Shape): boolean {
  let stride = 1;
  if (offset !== 0) return false;
  for (let axis = domain.length - 1; axis >= 0; axis--) {
    if (domain[axis] !== 1 && strides[axis] !== stride) return false;
    stride *= domain[axis]!;
  }
  return true;
}
