// Where threads meet: between kernels that use the same memory, and nowhere else.

import { describe, expect, test } from "vitest";
import type { DType } from "../../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { createWasmEngine } from "../index.ts";
import type { WasmProgram } from "../run/program.ts";
import { SPLIT_ALL } from "../run/threads.testing.ts";

const o = graphBuilder();
const value = (shape: number[], dtype: DType = "float32") => new Value({ dtype, shape });
const total = (x: Value) => o.sum(x, { axes: x.type.shape.map((_, axis) => axis) });

/** The kernels of a program: "all" threads or the "first", and "|" where they meet, first as a run begins. */
function plan(graph: Graph, leastWork = SPLIT_ALL): string {
  const program = createWasmEngine({ threads: 2, leastWork }).compile(graph) as WasmProgram;
  const text = program.stages().find(({ name }) => name === "kernels")!.text;
  return text
    .split("\n")
    .flatMap((line) => {
      if (line.trim() === "barrier") return ["|"];
      const loop = /^loop.*?(a barrier before each)?$/.exec(line);
      if (loop) return [loop[1] ? "all:" : "first:"];
      const kernel = /kernel \d+: \w+, \d+ units? of work \d+(, on all threads)?$/.exec(line);
      return kernel ? [kernel[1] ? "all" : "first"] : [];
    })
    .join(" ");
}

describe("kernels one after the other", () => {
  const x = value([4096]);

  test("that need each other's results", () => {
    const sum = o.expand(o.reshape(total(x), { shape: [1] }), { shape: [4096] });
    expect(plan(makeGraph([x], [o.mul(x, sum)]))).toBe("| first | all");
  });

  test("that do not", () => {
    const y = value([4096]);
    expect(plan(makeGraph([x, y], [o.exp(x), o.cumsum(y, { axis: 0, reverse: false })]))).toBe(
      "| all first",
    );
  });

  test("that are not to be split need no barrier", () => {
    const once = total(x);
    const twice = total(o.sub(x, o.expand(o.reshape(once, { shape: [1] }), { shape: [4096] })));
    expect(plan(makeGraph([x], [twice]))).toBe("first first");
  });

  test("that use the same memory for themselves alone", () => {
    const [a, b, c] = [value([64, 64]), value([64, 64]), value([64, 48])];
    expect(plan(makeGraph([a, b, c], [o.matmul(a, b), o.matmul(b, c)]))).toBe("| all | all");
  });

  test("of which one calls what other threads do not have", () => {
    const [a, b] = [value([4096], "float64"), value([4096], "float64")];
    expect(plan(makeGraph([a, b], [o.sin(a), o.erf(b)]))).toBe("| all first");
    expect(plan(makeGraph([a, b], [o.pow(a, b)]))).toBe("| all");
    const [c, d] = [value([4096]), value([4096])];
    expect(plan(makeGraph([c, d], [o.pow(c, d), o.mod(c, d)]))).toBe("| all all");
  });
});

describe("how much work is worth it", () => {
  const [a, b] = [value([64, 200]), value([200, 256])];
  const graph = makeGraph([a, b], [o.matmul(a, b)]);
  const work = 64 * 200 * 256;
  const bytes = 4 * (64 * 200 + 200 * 256 + 64 * 256);

  test("in a kernel", () => {
    expect(plan(graph, { ...SPLIT_ALL, kernel: work })).toBe("| all");
    expect(plan(graph, { ...SPLIT_ALL, kernel: work + 1 })).toBe("first");
  });

  test("for each byte that it uses", () => {
    expect(plan(graph, { ...SPLIT_ALL, byte: work / bytes })).toBe("| all");
    expect(plan(graph, { ...SPLIT_ALL, byte: work / bytes + 0.1 })).toBe("first");
  });
});

describe("loops", () => {
  const loop = (columns: number, start = (h: Value) => h): Graph => {
    const [h, x] = [value([columns]), value([columns])];
    const next = o.tanh(o.add(h, x));
    const body = makeGraph([h, x], [next, o.exp(next)]);
    const inputs = [value([columns]), value([5, columns])];
    const params = { body, constants: 0, carries: 1, length: 5, reverse: false };
    return makeGraph(inputs, o.scan(start(inputs[0]!), inputs[1]!, params));
  };

  test("go round on all threads where they hold something to split", () => {
    expect(plan(loop(3000))).toBe("| first all: all");
  });

  test("begin with copies of what threads may have computed", () => {
    expect(plan(loop(3000, (h) => o.exp(h)))).toBe("| all | first all: all");
  });

  test("go round on the first alone where they do not", () => {
    expect(plan(loop(30))).toBe("first first: first");
  });
});
