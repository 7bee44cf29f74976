// compile: what is traced when, what it keeps, and that it computes what eager code computes.

import { describe, expect, test } from "vitest";
import { createWasmEngine, referenceEngine } from "../../engines/index.ts";
import {
  at,
  compile,
  grad,
  NumberError,
  noGrad,
  print,
  random,
  scope,
  type Tensor,
  tensor,
  type Variable,
  variable,
  vmap,
  zeros,
} from "../../index.ts";
import { current } from "../interpreter/current.ts";

const f64 = (data: number | readonly number[]): Tensor => tensor(data as number[], "float64");

/** f, and how often it ran: a compiled function runs only to be traced. */
function counted<A extends unknown[], R>(f: (...args: A) => R) {
  const counter = { calls: 0 };
  const g = (...args: A): R => {
    counter.calls++;
    return f(...args);
  };
  return [g, counter] as const;
}

describe("the cache", () => {
  test("one trace for each combination of types", () => {
    const [f, counter] = counted((a: Tensor, b: Tensor) => a.add(b));
    const g = compile(f);
    for (let i = 0; i < 3; i++) expect(g(tensor([i]), tensor([1])).item()).toBe(i + 1);
    expect([counter.calls, g.cached()]).toEqual([1, 1]);
    g(zeros([2]), zeros([2]));
    g(zeros([2]), zeros([1]));
    g(zeros([2], "float64"), zeros([2], "float64"));
    expect([counter.calls, g.cached()]).toEqual([4, 4]);
    g(tensor([5]), tensor([1]));
    expect(counter.calls).toBe(4);
  });

  test("keeps the types that were used last", () => {
    const [f, counter] = counted((x: Tensor) => x.add(1));
    const g = compile(f, { cacheSize: 2 });
    for (const size of [1, 2, 1, 3, 1]) g(zeros([size]));
    expect([counter.calls, g.cached()]).toEqual([3, 2]);
    g(zeros([2])); // dropped for 3
    expect(counter.calls).toBe(4);
  });

  test("what is no tensor is fixed in the trace, and traced anew when it differs", () => {
    interface Options {
      readonly power: number;
      readonly mode?: string;
    }
    const [f, counter] = counted((x: Tensor, { power, mode = "plain" }: Options) =>
      mode === "plain" ? x.mul(power) : x.mul(-power),
    );
    const g = compile(f);
    expect(g(f64(3), { power: 2 }).item()).toBe(6);
    expect(g(f64(4), { power: 2 }).item()).toBe(8);
    expect(g(f64(3), { power: 5 }).item()).toBe(15);
    expect(g(f64(3), { power: 2, mode: "other" }).item()).toBe(-6);
    expect(counter.calls).toBe(3);
  });

  test("tells apart whatever prints alike", () => {
    const g = compile((x: Tensor, what: unknown) => x.add(JSON.stringify(what ?? null).length));
    const lengths: unknown[] = [["a,b"], ["a", "b"], ['a","b'], "1", 1, [1], { a: 1 }, null];
    for (const what of lengths) {
      expect(g(f64(0), what).item()).toBe(JSON.stringify(what).length);
    }
    const inverse = compile((x: Tensor, zero: number) => x.mul(1 / zero));
    expect(inverse(f64(1), 0).item()).toBe(Number.POSITIVE_INFINITY);
    expect(inverse(f64(1), -0).item()).toBe(Number.NEGATIVE_INFINITY);
  });

  test("functions and class instances count by identity", () => {
    const [f, counter] = counted((x: Tensor, g: (y: Tensor) => Tensor) => g(x));
    const g = compile(f);
    const [double, negate] = [(y: Tensor) => y.mul(2), (y: Tensor) => y.neg()];
    expect([g(f64(3), double).item(), g(f64(3), negate).item()]).toEqual([6, -3]);
    g(f64(5), double);
    expect(counter.calls).toBe(2);
  });
});

describe("arguments and results", () => {
  test("nested records, with contents that are no tensors", () => {
    const g = compile((p: { readonly layers: readonly { readonly w: Tensor }[] }, x: Tensor) => ({
      y: p.layers.reduce((h, { w }) => h.mul(w), x),
      all: [x, p.layers[0]!.w],
      note: "same",
      count: p.layers.length,
    }));
    const p = { layers: [{ w: f64(2) }, { w: f64(3) }] };
    const { y, all, note, count } = g(p, f64(5));
    expect([y.item(), all.map((t) => t.item()), note, count]).toEqual([30, [5, 2], "same", 2]);
  });

  test("tensors from outside are constants", () => {
    const table = f64([1, 2, 3]);
    const g = compile((i: Tensor) => at(table, i));
    expect(g(tensor([2, 0], "int32")).toArray()).toEqual([3, 1]);
  });

  test("one large constant, however often it is used", () => {
    const table = random.normal(random.key(1), [40]);
    const g = compile((x: Tensor) => x.add(table).mul(table));
    const constants = g.graph(zeros([40])).nodes.filter(({ op }) => op === "constant");
    expect(constants).toHaveLength(1);
  });

  test("no arguments, no results", () => {
    const w = variable(1);
    const g = compile(() => {
      w.assign(w.add(1));
    });
    expect([g(), g(), w.item()]).toEqual([undefined, undefined, 3]);
  });

  test("the same bits as eager code", () => {
    const x = random.normal(random.key(3), [4, 5]);
    const f = (y: Tensor) =>
      y.matmul(y.transpose()).softmax().add(y.variance()).pow(3).div(y.std()).sum(0);
    expect(compile(f)(x).data).toEqual(f(x).data);
    const slope = grad((y: Tensor) => f(y).sum());
    expect(compile(slope)(x).data).toEqual(slope(x).data);
  });
});

describe("inlining", () => {
  test("within another compiled function, and while recording", () => {
    const [f, counter] = counted((x: Tensor) => x.mul(x));
    const g = compile(f);
    expect(compile((x: Tensor) => g(x).add(g(x)))(f64(3)).item()).toBe(18);
    expect(counter.calls).toBe(2);
    expect(grad(g)(f64(3)).item()).toBe(6);
    expect(grad(grad(g))(f64(3)).item()).toBe(2);
    expect(vmap(g)(f64([2, 3])).toArray()).toEqual([4, 9]);
    expect(g.cached()).toBe(0);
    expect(noGrad(() => g(f64(3))).item()).toBe(9);
    expect(g.cached()).toBe(1);
  });

  test("when it uses a tensor that is being differentiated, though none is passed", () => {
    const slope = grad((w: Tensor) => {
      const g = compile((x: Tensor) => x.mul(w));
      return g(f64(5));
    });
    expect(slope(f64(3)).item()).toBe(5);
    const inner = compile((w: Tensor) =>
      grad((x: Tensor) => compile((y: Tensor) => y.mul(x))(w))(w),
    );
    expect(inner(f64(7)).item()).toBe(7);
  });
});

describe("variables", () => {
  test("are read at each call, and assigned in place", () => {
    const w = variable([1, 2], { dtype: "float64" });
    const [f, counter] = counted((x: Tensor) => {
      const before = w.mul(1);
      w.assign(w.add(x));
      return [before, w.mul(10)] as const;
    });
    const g = compile(f);
    const [before, after] = g(f64(1));
    expect([before.toArray(), after.toArray()]).toEqual([
      [1, 2],
      [20, 30],
    ]);
    w.assign(f64([7, 8]));
    expect(g(f64(1))[0].toArray()).toEqual([7, 8]);
    expect(w.toArray()).toEqual([8, 9]);
    expect(counter.calls).toBe(1);
  });

  test("two that exchange their values", () => {
    const [a, b] = [variable(1), variable(2)];
    const swap = compile(() => {
      const before = a.read();
      a.assign(b);
      b.assign(before);
    });
    swap();
    expect([a.item(), b.item()]).toEqual([2, 1]);
  });

  test("may be assigned without being read", () => {
    const w = variable(zeros([2]));
    compile((x: Tensor) => w.assign(x))(tensor([3, 4]));
    expect(w.toArray()).toEqual([3, 4]);
  });

  test("values taken before a call do not change with it", () => {
    const w = variable([1]);
    const before = w.read();
    compile(() => w.assign(w.mul(2)))();
    expect([before.item(), w.item()]).toEqual([1, 2]);
  });

  test("get their gradients at each call, from null", () => {
    const w = variable(3, { dtype: "float64" });
    const g = compile((x: Tensor) => {
      expect(w.grad).toBe(null);
      const loss = w.mul(w).mul(x);
      loss.backward();
      loss.mul(2).backward();
      return w.grad!;
    });
    expect(g(f64(1)).item()).toBe(18);
    expect(w.grad!.item()).toBe(18);
    expect(g(f64(10)).item()).toBe(180);
    expect(w.grad!.item()).toBe(180);
    expect(w.grad!.tracked).toBe(false);
  });

  test("a gradient of a gradient", () => {
    const w = variable(2, { dtype: "float64" });
    const g = compile(() => {
      w.pow(3).backward({ createGraph: true });
      const slope = w.grad!;
      w.grad = null;
      slope.backward();
    });
    g();
    expect(w.grad!.item()).toBe(12);
  });

  test("a training step, eager and compiled, gives the same bits", () => {
    const x = random.normal(random.key(1), [8, 3]);
    const y = x.at(":", 0).mul(2).sub(x.at(":", 2));
    const train = (wrap: (step: () => Tensor) => () => Tensor) => {
      const w = variable(zeros([3]), { name: "w" });
      const step = wrap(() => {
        const loss = x.matmul(w).sub(y).square().mean();
        loss.backward();
        w.assign(noGrad(() => w.sub(w.grad!.mul(0.1))));
        w.grad = null;
        return loss;
      });
      return Array.from({ length: 20 }, () => step().item());
    };
    const losses = train((step) => step);
    expect(train((step) => compile(step))).toEqual(losses);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 10);
  });
});

describe("{ finite: true }", () => {
  test("leaves results alone, and variables unchanged when it stops", () => {
    const [w, count] = [variable([1, 1], { name: "w" }), variable(0)];
    const g = compile(
      (x: Tensor) => {
        count.assign(count.add(1));
        w.assign(scope("update", () => w.mul(x).log()));
        return w.sum();
      },
      { finite: true },
    );
    expect(g(tensor([1, 1])).item()).toBe(0);
    expect([count.item(), w.toArray()]).toEqual([1, [0, 0]]);
    expect(() => g(tensor([1, 1]))).toThrow(NumberError);
    expect(() => g(tensor([1, 1]))).toThrow('(log in "update", float32[2]) gave an infinity first');
    expect([count.item(), w.toArray()]).toEqual([1, [0, 0]]);
  });

  test("infinities on the way are fine, and whole numbers are not looked at", () => {
    const g = compile((x: Tensor) => [x.div(0).neg().exp(), x.cast("int32")], { finite: true });
    expect(g(tensor([1]))[0]!.item()).toBe(0);
  });
});

describe("looking inside", () => {
  test("print shows names, scopes and paths", () => {
    const w = variable(zeros([3, 2]), { name: "w" });
    const g = compile((x: Tensor) =>
      scope("net", () => scope("dense1", () => x.matmul(w)).add(scope("bias", () => x.sum()))),
    );
    expect(print(g.graph(zeros([4, 3])))).toMatchInlineSnapshot(`
      "graph(%0: float32[4, 3], %1 w: float32[3, 2]) {
        %2: float32[4, 2] = matmul(%0, %1)  # net/dense1
        %3: float32[] = sum(%0, axes=[0, 1])  # net/bias
        %4: float32[1, 1] = reshape(%3, shape=[1, 1])  # net
        %5: float32[4, 2] = expand(%4, shape=[4, 2])  # net
        %6: float32[4, 2] = add(%2, %5)  # net
        return %6
      }"
    `);
    expect(g.cached()).toBe(1);
  });

  test("nodes made by derivatives keep the scope of what they derive", () => {
    const g = compile(grad((x: Tensor) => scope("loss", () => x.sin().sum())));
    const paths = g.graph(zeros([2])).nodes.map(({ op, path }) => [op, path]);
    expect(paths).toEqual([["cos", "loss"]]);
  });

  test("a scope ends with its body, whatever happens", () => {
    expect(() =>
      scope("a", () => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    const { nodes } = compile((x: Tensor) => x.neg()).graph(zeros([1]));
    expect(nodes.map(({ path }) => path)).toEqual([undefined]);
  });
});

describe("a trace that fails", () => {
  test("is forgotten, and leaves nothing changed", () => {
    const w: Variable = variable(1);
    let broken = true;
    const g = compile((x: Tensor) => {
      w.assign(x);
      if (broken) throw new Error("stop");
      return x.add(w);
    });
    expect(() => g(tensor(5))).toThrow("stop");
    expect([w.item(), g.cached()]).toEqual([1, 0]);
    broken = false;
    expect(g(tensor(5)).item()).toBe(10);
    expect(w.item()).toBe(5);
  });
});

describe("repeat", () => {
  const step = (w: Variable) => (x: Tensor) => {
    w.assign(w.mul(2).add(x));
    return w.sum();
  };

  test("is as many calls, and returns what the last one gave", () => {
    const [a, b] = [variable([1, 2]), variable([1, 2])];
    const [once, often] = [compile(step(a)), compile(step(b))];
    const x = tensor([1, -1]);
    const last = [1, 2, 3].map(() => once(x).item()).at(-1);
    expect(often.repeat(3, x).item()).toBe(last);
    expect([...b.data]).toEqual([...a.data]);
    expect(() => often.repeat(0, x)).toThrow(
      "repeat: expected times to be a whole number above 0, received 0",
    );
    expect(() => often.repeat(1.5, x)).toThrow("received 1.5");
  });

  test("names the op where numbers end, and keeps the state before that step", () => {
    const w = variable([1]);
    const f = compile(
      () => {
        w.assign(w.mul(1e20));
        return w.sum();
      },
      { finite: true },
    );
    expect(() => f.repeat(5)).toThrow(NumberError);
    expect(w.item()).toBe(Math.fround(1e20));
  });

  test("inside another trace it is written out", () => {
    const w = variable([1, 2]);
    const f = compile(step(w));
    const twice = compile((x: Tensor) => f.repeat(2, x));
    expect(twice(tensor([0, 0])).item()).toBe(12);
    expect([...w.data]).toEqual([4, 8]);
  });
});

test("a variable of another engine is an error, not another number", () => {
  const [first, second] = [createWasmEngine({ threads: 1 }), createWasmEngine({ threads: 1 })];
  const { engine } = current;
  try {
    current.engine = first;
    const w = variable(tensor([5, 5, 5]), { name: "w" });
    for (const other of [second, referenceEngine]) {
      current.engine = other;
      const product = compile((x: Tensor) => w.mul(x).sum());
      const move = compile((x: Tensor) => w.assign(x));
      for (const step of [product, move]) {
        expect(() => step(tensor([1, 1, 1]))).toThrow(
          'compile: variable "w" was made while another engine was set',
        );
      }
    }
    expect(
      w
        .mul(tensor([1, 1, 1]))
        .sum()
        .item(),
    ).toBe(15);
  } finally {
    current.engine = engine;
  }
});
