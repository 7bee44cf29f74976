// What loops no longer do.

import { describe, expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { type Graph, makeGraph, type Node, Value } from "../../ir/graph.ts";
import { expectSameBits } from "../../ops/arrays.testing.ts";
import { simplify } from "../simplify.ts";
import { pullback } from "../vjp.ts";
import { o, spread } from "./formula.testing.ts";
import { awkward } from "./random-algebra.testing.ts";

const LENGTH = 4;
const value = (...shape: number[]) => new Value({ dtype: "float64", shape });
const sequence = () => value(LENGTH, 2);

interface Parts {
  readonly constants: readonly Value[];
  readonly carries: readonly Value[];
  readonly sequences: readonly Value[];
}

/** A loop over these operands; `step` gives [the next carries, what is stacked]. */
function loop(
  { constants, carries, sequences }: Parts,
  step: (given: Value[], carried: Value[], slices: Value[]) => [next: Value[], stacked: Value[]],
  reverse = false,
): Value[] {
  const like = (list: readonly Value[]) => list.map(({ type }) => new Value(type));
  const [c, h] = [like(constants), like(carries)];
  const x = sequences.map(
    ({ type: { dtype, shape } }) => new Value({ dtype, shape: shape.slice(1) }),
  );
  const body = makeGraph([...c, ...h, ...x], step(c, h, x).flat());
  return o.scan(...constants, ...carries, ...sequences, {
    body,
    constants: c.length,
    carries: h.length,
    length: LENGTH,
    reverse,
  });
}

/** The simplified graph, after a look that it gives the same bits. */
function simplified(inputs: readonly Value[], outputs: readonly Value[]): Graph {
  const graph = makeGraph(inputs, outputs);
  const simple = simplify(graph);
  expect(simplify(simple)).toBe(simple);
  for (let seed = 0; seed < 5; seed++) {
    const arrays = inputs.map(({ type }, i) => awkward(type, 10 * seed + i));
    expectSameBits(evaluate(simple, arrays), evaluate(graph, arrays));
  }
  return simple;
}

function loopsOf({ nodes }: Graph): Node<"scan">[] {
  return nodes.filter((node): node is Node<"scan"> => node.op === "scan");
}

const ops = ({ nodes }: Graph) => nodes.map(({ op }) => op);

test("bodies are simplified, and so are bodies within them", () => {
  const [h, xs] = [value(2), sequence()];
  const outer = loop({ constants: [], carries: [h], sequences: [xs] }, (_, [a], [x]) => {
    const inner = loop({ constants: [], carries: [a!], sequences: [] }, (_c, [b]) => [
      [o.sin(o.neg(o.neg(b!)))],
      [],
    ]);
    return [[o.add(inner[0]!, o.neg(x!))], []];
  });
  const [scan] = loopsOf(simplified([h, xs], [outer[0]!]));
  expect(ops(scan!.params.body)).toEqual(["scan", "sub"]);
  expect(ops(loopsOf(scan!.params.body)[0]!.params.body)).toEqual(["sin"]);
});

test("what neither a result nor a step needs is left out", () => {
  const [w, unread, h, dead, xs, other] = [
    value(2),
    value(2),
    value(2),
    value(2),
    sequence(),
    sequence(),
  ];
  const [last] = loop(
    { constants: [unread, w], carries: [dead, h], sequences: [other, xs] },
    ([, c], [a, b], [y, x]) => [
      [o.add(a!, y!), o.add(o.mul(b!, c!), x!)],
      [o.sin(a!), o.cos(b!)],
    ],
  ).slice(1);
  const simple = simplified([w, unread, h, dead, xs, other], [last!]);
  const [scan] = loopsOf(simple);
  expect(scan!.inputs).toEqual([w, h, xs]);
  expect(scan!.params).toMatchObject({ constants: 1, carries: 1 });
  expect(ops(scan!.params.body)).toEqual(["mul", "add"]);
});

test("what only other carries read is needed with them", () => {
  const [w, a, b, c] = [value(2), value(2), value(2), value(2)];
  const [, , last] = loop(
    { constants: [w], carries: [a, b, c], sequences: [] },
    ([k], [x, y, z]) => [[o.mul(x!, k!), o.add(x!, y!), o.add(y!, z!)], []],
  );
  const [scan] = loopsOf(simplified([w, a, b, c], [last!]));
  expect(scan!.inputs).toEqual([w, a, b, c]);
});

test("a carry that stays is a constant, and its last value the first", () => {
  const [h, fixed] = [value(2), value(2)];
  const results = loop({ constants: [], carries: [fixed, h], sequences: [] }, (_, [a, b]) => [
    [a!, o.mul(a!, b!)],
    [a!],
  ]);
  const simple = simplified([h, fixed], results);
  expect(loopsOf(simple)[0]!.params).toMatchObject({ constants: 1, carries: 1 });
  expect(simple.outputs[0]).toBe(fixed);
});

test("what a body only hands on is taken from outside", () => {
  const [w, h, xs] = [value(2), value(2), sequence()];
  const results = loop(
    { constants: [w], carries: [h], sequences: [xs] },
    ([c], [a], [x]) => [[o.sin(a!)], [x!, c!, a!]],
    true,
  );
  const simple = simplified([w, h, xs], results);
  expect(simple.outputs[1]).toBe(xs);
  expect(simple.outputs[2]!.node!.op).toBe("expand");
  expect(loopsOf(simple)[0]!.inputs).toEqual([h]);
});

test("numbers enter the body, operands only once, and results leave it only once", () => {
  const [w, h, xs] = [value(2), value(2), sequence()];
  const [one, zeros] = [spread(1, [2], "float64"), spread(0, [LENGTH, 2], "float64")];
  const [last, y, again] = loop(
    { constants: [w, one, w], carries: [h], sequences: [xs, zeros, xs] },
    ([a, unit, b], [c], [x, zero, z]) => {
      const next = o.add(o.mul(c!, o.mul(unit!, a!)), o.sub(o.mul(x!, b!), zero!));
      return [[next], [o.mul(next, o.mul(a!, z!)), o.mul(next, o.mul(z!, b!))]];
    },
  );
  const simple = simplified([w, h, xs], [last!, y!, again!]);
  const [scan] = loopsOf(simple);
  expect(scan!.inputs).toEqual([w, h, xs]);
  expect(ops(scan!.params.body)).toEqual(["mul", "mul", "add", "mul"]);
  expect(simple.outputs[1]).toBe(simple.outputs[2]);
});

test("an operand may be whole for each step and sliced as well", () => {
  const [h, xs] = [value(2), sequence()];
  const results = loop({ constants: [xs], carries: [h], sequences: [xs] }, ([all], [a], [x]) => {
    const spread = o.expand(o.reshape(a!, { shape: [1, 2] }), { shape: [LENGTH, 2] });
    return [[o.add(o.mul(a!, x!), o.sum(o.mul(all!, spread), { axes: [0] }))], []];
  });
  expect(loopsOf(simplified([h, xs], results))[0]!.inputs).toEqual([xs, h, xs]);
});

test("what is the same in every step is computed before the loop, but for views of it", () => {
  const [w, b, h] = [value(2, 2), value(2), value(2, 2)];
  const results = loop({ constants: [w, b], carries: [h], sequences: [] }, ([a, c], [x]) => {
    const turned = o.transpose(o.exp(a!), { perm: [1, 0] });
    const wide = o.expand(o.reshape(c!, { shape: [1, 2] }), { shape: [2, 2] });
    return [[o.add(o.matmul(x!, turned), wide)], []];
  });
  const simple = simplified([w, b, h], results);
  expect(ops(simple)).toEqual(["exp", "transpose", "scan"]);
  expect(ops(loopsOf(simple)[0]!.params.body)).toEqual(["matmul", "reshape", "expand", "add"]);
});

test("a loop of no steps computes nothing before it either", () => {
  const [h, places] = [value(2), new Value({ dtype: "int32", shape: [2] })];
  const [constant, carry, at] = [value(2), value(2), new Value(places.type)];
  const body = makeGraph([constant, at, carry], [o.add(carry, o.gather(constant, at))]);
  const params = { body, constants: 2, carries: 1, length: 0, reverse: false };
  const w = value(2);
  const simple = simplified([w, places, h], o.scan(w, places, h, params));
  expect(ops(simple)).not.toContain("gather");
});

test("a loop without results is no loop", () => {
  const h = value(2);
  const results = loop({ constants: [], carries: [h], sequences: [] }, (_, [a]) => [[a!], []]);
  expect(simplified([h], results).outputs).toEqual([h]);
});

test("carries that begin alike and go on alike are one", () => {
  const [w, h, other] = [value(2), value(2), value(2)];
  const [a, b, c, d] = loop(
    { constants: [w], carries: [h, h, h, other], sequences: [] },
    ([k], [p, q, r, s]) => [[o.mul(q!, k!), o.mul(k!, p!), o.add(r!, p!), o.mul(s!, k!)], []],
  );
  const simple = simplified([w, h, other], [a!, b!, c!, d!]);
  expect(loopsOf(simple)[0]!.params.carries).toBe(3);
  expect(simple.outputs[0]).toBe(simple.outputs[1]);
  expect(loopsOf(simplified([w, h, other], [b!]))[0]!.params.carries).toBe(1);
});

test("carries that only go on alike are two", () => {
  const [h, other] = [value(2), value(2)];
  const results = loop({ constants: [], carries: [h, other], sequences: [] }, (_, [a, b]) => [
    [o.sin(a!), o.sin(a!)],
    [o.neg(b!)],
  ]);
  expect(loopsOf(simplified([h, other], results))[0]!.params.carries).toBe(2);
});

test("carries that change places are not one, unless they begin alike", () => {
  const [h, other] = [value(2), value(2)];
  const turn = (x: Value, y: Value) =>
    loop({ constants: [], carries: [x, y], sequences: [] }, (_, [a, b]) => [[b!, a!], []]);
  expect(loopsOf(simplified([h, other], turn(h, other)))).toHaveLength(1);
  expect(simplified([h], turn(h, h)).outputs).toEqual([h, h]);
});

describe("loops side by side", () => {
  const [w, h, xs] = [value(2), value(2), sequence()];
  type Step = (c: Value, a: Value, x: Value) => Value;
  const run = (f: Step, stacked: Step, from = h, reverse = false) =>
    loop(
      { constants: [w], carries: [from], sequences: [xs] },
      ([c], [a], [x]) => [[f(c!, a!, x!)], [stacked(c!, a!, x!)]],
      reverse,
    );
  const step: Step = (c, a, x) => o.tanh(o.add(o.mul(a, c), x));

  test("become one where they compute the same", () => {
    const first = run(step, (_c, a) => o.sin(a));
    const second = run(step, (c, a, x) => o.cos(step(c, a, x)));
    const simple = simplified([w, h, xs], [first[0]!, first[1]!, second[0]!, second[1]!]);
    expect(loopsOf(simple).map(({ params }) => ops(params.body))).toEqual([
      ["mul", "add", "tanh", "sin", "cos"],
    ]);
    expect(simple.outputs[0]).toBe(simple.outputs[2]);
  });

  test("stay two where they do not, or not the same way round", () => {
    const forth = run(step, (_c, a) => o.sin(a));
    const back = run(step, (_c, a) => o.sin(a), h, true);
    const otherwise = run(
      (c, a) => o.sub(o.cos(a), c),
      (_c, _a, x) => o.exp(x),
    );
    for (const other of [back, otherwise]) {
      expect(loopsOf(simplified([w, h, xs], [...forth, ...other]))).toHaveLength(2);
    }
  });

  test("stay two where one waits for the other", () => {
    const [last, all] = run(step, (_c, a) => o.sin(a));
    const next = run(step, (_c, a) => o.sin(a), o.neg(last!));
    expect(loopsOf(simplified([w, h, xs], [all!, ...next]))).toHaveLength(2);
  });

  test("of which one is inside a derivative: the loop runs once", () => {
    const outputs = run(step, (_c, a) => o.sin(a));
    const { cotangents, cotangentInputs } = pullback(makeGraph([w, h, xs], outputs), [
      true,
      true,
      true,
    ]);
    const results = [...outputs, ...(cotangents as Value[])];
    const whole = makeGraph([w, h, xs, ...cotangentInputs], results);
    expect(loopsOf(whole)).toHaveLength(3);
    expect(loopsOf(simplified(whole.inputs, results))).toHaveLength(2);
  });
});
