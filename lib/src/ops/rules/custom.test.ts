// Functions with derivatives of their own: the rule given is the rule used, at every order.

import { describe, expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { grad, hvp, jvp, vjp } from "../../runtime/derivatives/autodiff.ts";
import { backward } from "../../runtime/derivatives/backward.ts";
import { customJvp, customVjp } from "../../runtime/derivatives/custom.ts";
import { jacobian } from "../../runtime/derivatives/jacobian.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { vmap } from "../../runtime/loops/vmap.ts";
import { Variable } from "../../runtime/state/variable.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { simplify } from "../../transforms/simplify.ts";
import { TRANSFORMS } from "../../transforms/table.ts";
import { graphBuilder, inferTypes } from "../builder.ts";

const { add, mul, sin, cos, exp, neg } = prims;

function vector(...elements: number[]): Tensor {
  return new Tensor({
    type: { dtype: "float64", shape: [elements.length] },
    known: Float64Array.from(elements),
  });
}

const total = (x: Tensor) => prims.sum(x, { axes: x.type.shape.map((_, axis) => axis) });
const list = (x: Tensor) => Array.from(x.data, (element) => element + 0); // -0 becomes 0
const close = (received: Tensor, ...expected: number[]) => {
  expect(received.shape).toEqual([expected.length]);
  expected.forEach((element, i) => {
    expect(received.data[i]).toBeCloseTo(element, 12);
  });
};

const x = vector(0.5, -1, 2);
const v = vector(1, -2, 0.5);
const ALL = [0, 1, 2] as const;
const at = (f: (x: number) => number) => list(x).map(f) as [number, number, number];

// Rules that are wrong on purpose, so that it shows which one was used: d sin(x) = 10 x dx.
const reverse = customVjp(
  function sine(a) {
    return sin(a);
  },
  ([a], _y, ct) => [mul(ct, tenTimes(a!))],
);
const forward = customJvp(
  function sine(a) {
    return sin(a);
  },
  ([a], [da]) => mul(da!, tenTimes(a!)),
);

/** 10 x for tensors of any shape. */
function tenTimes(a: Tensor): Tensor {
  const ten = new Tensor({ type: { dtype: "float64", shape: [] }, known: Float64Array.of(10) });
  const ones = prims.reshape(ten, { shape: a.type.shape.map(() => 1) });
  return mul(prims.expand(ones, { shape: a.type.shape }), a);
}

describe.each([
  ["customVjp", reverse],
  ["customJvp", forward],
])("%s", (_, f) => {
  const loss = (a: Tensor) => total(mul(f(a), v));

  test("the value is the function's", () => {
    close(f(x), ...at(Math.sin));
  });

  test("reverse mode uses the rule", () => {
    close(grad(loss)(x), ...at((a) => 10 * a).map((slope, i) => slope * v.data[i]!));
    const [, pullback] = vjp(f, x);
    expect(list(pullback(v)[0]!)).toEqual([5, 20, 10]);
  });

  test("the rule holds in a chain, with a function used twice", () => {
    const chain = (a: Tensor) => total(f(mul(f(a), a)));
    // d f(u) = 10 u du and du = (10 x x + sin x) dx, where u = x sin x
    close(grad(chain)(x), ...at((a) => 10 * a * Math.sin(a) * (10 * a * a + Math.sin(a))));
  });

  test("second order differentiates the rule", () => {
    // The gradient is 10 v x, so its derivative is 10 v.
    const second = grad((a: Tensor) => total(mul(grad(loss)(a), v)));
    close(second(x), ...ALL.map((i) => 10 * v.data[i]! ** 2));
    const third = grad((a: Tensor) => total(mul(second(a), a)));
    close(third(x), ...ALL.map((i) => 10 * v.data[i]! ** 2));
  });

  test("forward over reverse differentiates the rule, where it does not read the output", () => {
    close(hvp(loss, x, v), ...ALL.map((i) => 10 * v.data[i]! ** 2));
  });

  test("compiled = eager", () => {
    expect(compile(f)(x).data).toEqual(f(x).data);
    expect(compile(grad(loss))(x).data).toEqual(grad(loss)(x).data);
    expect(grad(compile(loss))(x).data).toEqual(grad(loss)(x).data);
    // Compiled programs hold no trace of it: the function is opened.
    const { nodes } = compile(grad(loss)).graph(x);
    expect(nodes.map(({ op }) => op)).not.toContain("custom");
  });

  test("vmap, of the function and of its gradient", () => {
    const rows = prims.reshape(vector(1, 2, 3, 4, 5, 6), { shape: [2, 3] });
    expect(list(vmap(f)(rows))).toEqual([1, 2, 3, 4, 5, 6].map(Math.sin));
    const slopes = list(vmap(grad((a: Tensor) => total(f(a))))(rows));
    expect(slopes).toEqual([10, 20, 30, 40, 50, 60]);
    const outer = grad((a: Tensor) => total(vmap(f)(a)));
    expect(list(outer(rows))).toEqual([10, 20, 30, 40, 50, 60]);
  });

  test("the jacobian in reverse mode", () => {
    expect(list(jacobian(f)(x))).toEqual([5, 0, 0, 0, -10, 0, 0, 0, 20]);
  });

  test("inside a loop", () => {
    const looped = (a: Tensor) => {
      const step = (h: Tensor) => [f(h), null] as [Tensor, null];
      const [last] = scan(step, a, null, { length: 2 });
      return total(last);
    };
    // 10 sin(x) from the second step, 10 x from the first.
    close(grad(looped)(x), ...at((a) => 100 * a * Math.sin(a)));
    close(compile(grad(looped))(x), ...at((a) => 100 * a * Math.sin(a)));
  });

  test("backward() uses it too", () => {
    const weight = new Variable(x);
    backward(total(f(weight)));
    expect(list(weight.grad!)).toEqual([5, -10, 20]);
  });

  test("a captured tensor is read, and has no gradient of its own", () => {
    const outer = (w: Tensor, a: Tensor) => {
      const scaled = customOf(f)((b) => mul(sin(b), w));
      return total(scaled(a));
    };
    const [value, gradients] = vjp(outer, v, x);
    expect(value.item()).toBeCloseTo(
      at(Math.sin).reduce((sum, y, i) => sum + y * v.data[i]!, 0),
      12,
    );
    const [dw, da] = gradients(
      new Tensor({ type: { dtype: "float64", shape: [] }, known: Float64Array.of(1) }),
    );
    expect(list(dw)).toEqual([0, 0, 0]);
    expect(list(da)).toEqual([5, -10, 20]);
    const compiled = compile((w: Tensor, a: Tensor) => grad((b: Tensor) => outer(w, b))(a));
    expect(list(compiled(v, x))).toEqual([5, -10, 20]);
  });

  test("a captured tensor in the rule", () => {
    const outer = (w: Tensor, a: Tensor) => total(ruleReads(f, w)(a));
    expect(list(grad((a: Tensor) => outer(v, a))(x))).toEqual(list(v));
    // The slope is w, so the slope of the slope with respect to w is 1.
    const mixed = grad((w: Tensor) => total(grad((a: Tensor) => outer(w, a))(x)));
    expect(list(mixed(v))).toEqual([1, 1, 1]);
    expect(list(vmap((w: Tensor) => grad((a: Tensor) => outer(w, a))(x))(stack(v, x)))).toEqual([
      ...list(v),
      ...list(x),
    ]);
  });

  /** The same kind of function with the wrong rule d = 10 x. */
  function customOf(kind: typeof f) {
    return (body: (b: Tensor) => Tensor) =>
      kind === reverse
        ? customVjp(body, ([b], _y, ct) => [mul(ct, tenTimes(b!))])
        : customJvp(body, ([b], [db]) => mul(db!, tenTimes(b!)));
  }

  /** sin with the slope w. */
  function ruleReads(kind: typeof f, w: Tensor) {
    return kind === reverse
      ? customVjp(sin, (_inputs, _y, ct) => [mul(ct, w)])
      : customJvp(sin, (_inputs, [da]) => mul(da!, w));
  }
});

function stack(...rows: Tensor[]): Tensor {
  const shape = [rows.length, ...rows[0]!.type.shape];
  return prims.reshape(prims.concat(...rows, { axis: 0 }), { shape });
}

describe("forward mode", () => {
  test("customJvp: jvp uses the rule, and the jacobian is the same both ways", () => {
    const [value, tangent] = jvp(forward, [x], [v]);
    close(value, ...at(Math.sin));
    expect(list(tangent)).toEqual([5, 20, 10]);
    expect(list(jacobian(forward, { mode: "forward" })(x))).toEqual(list(jacobian(forward)(x)));
    expect(list(compile((a: Tensor) => jvp(forward, [a], [v])[1])(x))).toEqual([5, 20, 10]);
  });

  const refusal =
    "sine: this function gives only a reverse rule (vjp), so forward mode (jvp) cannot pass it. " +
    "Use customJvp() to give a forward rule.";

  test.each<[string, () => unknown]>([
    ["jvp", () => jvp(reverse, [x], [v])],
    ["jvp in compile", () => compile((a: Tensor) => jvp(reverse, [a], [v])[1])(x)],
    ["jvp in vmap", () => vmap((a: Tensor) => jvp(reverse, [a], [v])[1])(stack(x, v))],
    ["the jacobian forwards", () => jacobian(reverse, { mode: "forward" })(x)],
  ])("customVjp: %s is a clear error", (_, run) => {
    expect(run).toThrow(refusal);
  });

  // Known fault: the cache of eager ops makes a key of parameters, and these hold graphs.
  test("customVjp: jvp of jvp is a clear error", () => {
    const nested = () => jvp((a: Tensor) => jvp(reverse, [a], [v])[1], [x], [v]);
    expect(nested).toThrow(refusal);
  });

  test("customVjp: a rule that reads the output has no second derivative forwards", () => {
    const f = customVjp(exp, (_inputs, y, ct) => [mul(ct, y)]);
    const loss = (a: Tensor) => total(f(a));
    close(grad(loss)(x), ...at(Math.exp));
    expect(() => hvp(loss, x, v)).toThrow("gives only a reverse rule");
    const second = grad((a: Tensor) => total(grad(loss)(a)));
    close(second(x), ...at(Math.exp));
    const third = grad((a: Tensor) => total(second(a)));
    close(third(x), ...at(Math.exp));
  });
});

describe("several operands", () => {
  // f(a, b) = a sin(b), with rules that swap the roles: da -> b, db -> a.
  const body = (a: Tensor, b: Tensor) => mul(a, sin(b));
  const swappedVjp = customVjp(body, ([a, b], _y, ct) => [mul(ct, b!), mul(ct, a!)]);
  const swappedJvp = customJvp(body, ([a, b], [da, db]) => add(mul(da!, b!), mul(db!, a!)));

  test.each([
    ["customVjp", swappedVjp],
    ["customJvp", swappedJvp],
  ])("%s: each gets its own cotangent, tracked or not", (_, f) => {
    const loss = (a: Tensor, b: Tensor) => total(f(a, b));
    expect(list(grad(loss)(x, v))).toEqual(list(v));
    expect(list(grad(loss, { argument: 1 })(x, v))).toEqual(list(x));
    const twice = (a: Tensor) => total(f(a, a));
    expect(list(grad(twice)(x))).toEqual(at((a) => 2 * a));
    // d2/da db of the rule is 1.
    const mixed = grad((b: Tensor) => total(mul(grad(loss)(x, b), v)));
    expect(list(mixed(v))).toEqual(list(v));
    const shared = vmap(f, { inAxes: [0, null] })(stack(x, v), v);
    expect(list(shared)).toEqual([...list(body(x, v)), ...list(body(v, v))]);
  });

  test("an operand without tangents, as labels are", () => {
    const int = { dtype: "int32", shape: [3] } as const;
    const labels = new Tensor({ type: int, known: Int32Array.of(2, 0, 1) });
    const three = vector(3, 3, 3);
    const f = customVjp(
      (a, i) => prims.gather(a, i),
      ([, i], _y, ct) => [prims.scatterAdd(i!, mul(ct, three), { size: 3 }), i!],
    );
    expect(list(f(x, labels))).toEqual([2, 0.5, -1]);
    expect(list(grad((a: Tensor) => total(mul(f(a, labels), v)))(x))).toEqual([-6, 1.5, 3]);
  });
});

describe("what does not fit is refused in words", () => {
  test("a rule that gives too few cotangents, or wrong ones", () => {
    const few = customVjp(
      function f(a) {
        return neg(a);
      },
      () => [],
    );
    expect(() => few(x)).toThrow("f: expected 1 cotangents from its rule, received 0");
    const wrong = customVjp(
      function f(a) {
        return neg(a);
      },
      (_inputs, _y, ct) => [total(ct)],
    );
    expect(() => wrong(x)).toThrow("f: cotangent 0: expected float64[3], received float64[]");
    const tangent = customJvp(
      function f(a) {
        return neg(a);
      },
      (_inputs, [da]) => total(da!),
    );
    expect(() => tangent(x)).toThrow("f: tangent 0: expected float64[3], received float64[]");
  });

  test("a value that is read in the function or in its rule", () => {
    const read = (a: Tensor) => (a.item() > 0 ? a : neg(a));
    expect(() => customJvp(read, (_inputs, [da]) => da!)(vector(1))).toThrow("read while tracing");
    const inRule = customVjp(cos, ([a], _y, ct) => (a!.item() > 0 ? [ct] : [a!]));
    expect(() => inRule(vector(1))).toThrow("read while tracing");
  });
});

describe("as graphs", () => {
  const o = graphBuilder();
  const type = { dtype: "float64", shape: [2] } as const;
  const a = new Value(type);
  const body = makeGraph([a], [o.exp(a)]);
  const [y, ct] = [new Value(type), new Value(type)];
  const rule = { mode: "vjp" as const, graph: makeGraph([a, y, ct], [o.mul(ct, y)]) };
  const params = { name: "exponential", body, rule };

  function wrapped(): Graph {
    const input = new Value(type);
    return makeGraph([input], o.custom(input, params));
  }

  test("simplify opens the function", () => {
    expect(simplify(wrapped()).nodes.map(({ op }) => op)).toEqual(["exp"]);
  });

  test("batch keeps it whole: body and rule are batched", () => {
    const [node] = TRANSFORMS.batch(wrapped(), [true], 3).nodes;
    const { body: many, rule: theirs } = node!.params as typeof params;
    expect(many.outputs[0]!.type.shape).toEqual([3, 2]);
    expect(theirs.graph.outputs[0]!.type.shape).toEqual([3, 2]);
  });

  test("operands are checked against the body", () => {
    const wrong = { dtype: "float64", shape: [3] } as const;
    expect(() => inferTypes("custom", [wrong], params)).toThrow(
      "custom: shapes differ: [2] and [3]",
    );
    expect(() => inferTypes("custom", [], params)).toThrow("custom: expected 1 operands");
    expect(() => inferTypes("custom", [type, type], params)).toThrow("custom: expected 1 operands");
  });
});
