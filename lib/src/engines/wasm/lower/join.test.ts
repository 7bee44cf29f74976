// Which kernel a value joins, and when it becomes one of its own.

import { describe, expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { MOST_COST } from "./bounds.ts";
import { fuse } from "./fuse.ts";
import { Fusions } from "./fusions.ts";
import { MOST_STORES } from "./hosts.ts";
import { placeRoot } from "./join.ts";

const o = graphBuilder();
const type = { dtype: "float32", shape: [2, 3] } as const;

function start() {
  const fusions = new Fusions();
  const x = new Value(type);
  fusions.giveBuffer(x);
  const place = (value: Value, cost = 1) => {
    placeRoot(fusions, value, cost);
    return fusions.producers.get(value)!;
  };
  return { fusions, x, place };
}

describe("a value joins", () => {
  test("the kernel that computes what it reads", () => {
    const { fusions, x, place } = start();
    const y = o.exp(x);
    const first = place(y);
    expect(place(o.neg(y))).toBe(first);
    expect(fusions.list).toHaveLength(1);
    expect(first).toMatchObject({ results: 2, cost: 2 });
  });

  test("in another shape of the same elements, too", () => {
    const { x, place } = start();
    const y = o.exp(x);
    const first = place(y);
    expect(place(o.neg(o.reshape(y, { shape: [6] })))).toBe(first);
    expect(first.domain).toEqual([2, 3]);
  });

  test("a kernel that reads the same array, where nobody computes what it reads", () => {
    const { fusions, x, place } = start();
    const y = o.exp(x);
    const first = place(y);
    fusions.bufferOf(y); // what is stored counts
    expect(place(o.sin(x))).toBe(first);
  });
});

describe("behind a product", () => {
  const kernelsOf = (columns: number, of: (x: Value) => Value) => {
    const inputs = [
      [8, 3],
      [3, columns],
    ].map((shape) => new Value({ dtype: "float32", shape }));
    const output = of(o.matmul(inputs[0]!, inputs[1]!));
    return fuse(makeGraph(inputs, [output])).list.length;
  };
  test("of one column cheap values join, costly ones take whole vectors of their own", () => {
    expect(kernelsOf(1, (x) => o.neg(x))).toBe(1);
    expect(kernelsOf(1, (x) => o.exp(x))).toBe(2);
  });
  test("of more columns all join", () => {
    expect(kernelsOf(4, (x) => o.exp(x))).toBe(1);
  });
});

describe("a value becomes a kernel", () => {
  test("where it reads at other places what the other computes, which then runs before", () => {
    const { x, place } = start();
    const y = o.exp(x);
    const first = place(y);
    const other = place(o.neg(o.flip(y, { axes: [0] })));
    expect(other).not.toBe(first);
    expect(other.dependsOn(first)).toBe(true);
  });

  test("of other elements than the first", () => {
    const { fusions, x, place } = start();
    const y = o.exp(x);
    place(y);
    const part = o.slice(y, { start: [0, 0], end: [1, 3], step: [1, 1] });
    expect(place(o.neg(part)).domain).toEqual([1, 3]);
    expect(fusions.list).toHaveLength(2);
  });

  test("where the other would cost too much, or give too much", () => {
    const { x, place } = start();
    const y = o.exp(x);
    const first = place(y, MOST_COST);
    expect(place(o.neg(y), 1)).not.toBe(first);

    const { x: z, place: put } = start();
    const hosts = [];
    let last: Value = z;
    for (let i = 0; i <= MOST_STORES; i++) {
      last = o.neg(last);
      hosts.push(put(last));
    }
    expect(new Set(hosts.slice(0, MOST_STORES)).size).toBe(1);
    expect(hosts.at(-1)).not.toBe(hosts[0]);
  });

  test("never one that a kernel of another operand waits for", () => {
    const { fusions, x, place } = start();
    const other = new Value(type);
    fusions.giveBuffer(other);
    const [y, z] = [o.exp(x), o.exp(other)];
    const [first, second] = [place(y), place(z)];
    expect(second).not.toBe(first);
    first.follow(second);
    // The later kernel would be taken, but would then have to wait for the first.
    expect(place(o.add(y, z))).toBe(first);
  });
});
