// What a kernel loads, makes up or computes for a value, and what it waits for.

import { describe, expect, test } from "vitest";
import { Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import type { Element } from "./element.ts";
import { computed, elementOf, leavesOf } from "./elements.ts";
import { Fusions } from "./fusions.ts";

const o = graphBuilder();
const turn = { perm: [1, 0] };

/** An argument [2, 3] in memory, and no kernels. */
function start() {
  const fusions = new Fusions();
  const x = new Value({ dtype: "float32", shape: [2, 3] });
  const buffer = fusions.giveBuffer(x);
  return { fusions, x, buffer };
}

/** The element as a formula: arrays by number with their strides, counts by theirs. */
function show(element: Element): string {
  if (element.kind === "number") return String(element.value);
  if (element.kind === "load") {
    return `#${element.view.buffer.id}[${element.view.strides}]+${element.view.offset}`;
  }
  if (element.kind === "index") return `i[${element.view.strides}]+${element.view.offset}`;
  if (element.kind === "op") return `${element.op}(${element.args.map(show).join(", ")})`;
  return element.kind;
}

describe("leavesOf", () => {
  test("a leaf is pointwise under reshapes, not under what moves it", () => {
    const { fusions, x } = start();
    const flat = o.reshape(o.neg(x), { shape: [6] });
    expect(leavesOf(fusions, flat)).toEqual([{ value: x, pointwise: true }]);
    const turned = o.reshape(o.transpose(x, turn), { shape: [6] });
    expect(leavesOf(fusions, turned)).toEqual([{ value: x, pointwise: false }]);
  });

  test("a leaf that is read both ways is there twice, else once", () => {
    const { fusions, x } = start();
    expect(leavesOf(fusions, o.add(o.exp(x), o.neg(x)))).toHaveLength(1);
    const both = o.add(x, o.flip(x, { axes: [1] }));
    expect(leavesOf(fusions, both).map(({ pointwise }) => pointwise)).toEqual([true, false]);
  });
});

describe("elementOf", () => {
  test("movement becomes the way in which memory is read", () => {
    const { fusions, x } = start();
    const y = o.add(o.transpose(x, turn), o.transpose(o.neg(x), turn));
    const fusion = fusions.start({ kind: "map" }, [3, 2]);
    expect(show(computed(fusions, y, [], fusion))).toBe("add(#0[1,3]+0, neg(#0[1,3]+0))");
  });

  test("numbers and counts are made up, not loaded", () => {
    const { fusions, x } = start();
    const two = o.constant({ data: Float32Array.of(2), dtype: "float32", shape: [] });
    const wide = o.expand(o.reshape(two, { shape: [1, 1] }), { shape: [2, 3] });
    const row = o.reshape(o.iota({ length: 3, dtype: "float32" }), { shape: [1, 3] });
    const count = o.expand(row, { shape: [2, 3] });
    const fusion = fusions.start({ kind: "map" }, [2, 3]);
    const made = computed(fusions, o.add(o.mul(x, wide), count), [], fusion);
    expect(show(made)).toBe("add(mul(#0[3,1]+0, 2), i[0,1]+0)");
  });

  test("a shared part is one element, so that it is computed once", () => {
    const { fusions, x } = start();
    const part = o.exp(x);
    const fusion = fusions.start({ kind: "map" }, [2, 3]);
    const made = computed(fusions, o.mul(part, part), [], fusion);
    if (made.kind !== "op") throw new Error("expected an op");
    expect(made.args[0]).toBe(made.args[1]);
    expect(elementOf(fusions, part, [], fusion)).toBe(made.args[0]);
  });

  test("what another kernel computes is loaded, and that kernel runs before", () => {
    const { fusions, x } = start();
    const first = fusions.start({ kind: "map" }, [2, 3]);
    const y = o.exp(x);
    fusions.produce(y, computed(fusions, y, [], first), first);
    const second = fusions.start({ kind: "map" }, [2, 3]);
    expect(show(computed(fusions, o.neg(y), [], second))).toBe("neg(#1[3,1]+0)");
    expect(second.dependsOn(first)).toBe(true);
    expect(first.stores).toHaveLength(1);
  });

  test("where no view shows what was moved, a copy does, made before", () => {
    const { fusions, x } = start();
    const y = o.reshape(o.transpose(x, turn), { shape: [6] });
    const fusion = fusions.start({ kind: "map" }, [6]);
    expect(show(computed(fusions, o.neg(y), [], fusion))).toBe("neg(#1[1]+0)");
    const copy = fusions.list[1]!;
    expect(copy.stores.map(({ element }) => show(element))).toEqual(["#0[1,3]+0"]);
    expect(fusion.dependsOn(copy)).toBe(true);
  });
});
