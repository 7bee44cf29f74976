// backward(): gradients left at variables, history kept or released.

import { describe, expect, test } from "vitest";
import {
  compile,
  grad,
  noGrad,
  type Tensor,
  tensor,
  type Variable,
  variable,
  vmap,
} from "../../index.ts";
import { recorded } from "../interpreter/recorded.ts";

const f64 = (data: number | readonly number[]): Tensor => tensor(data as number[], "float64");
const of = (data: number | readonly number[], name?: string) =>
  variable(data as number[], { dtype: "float64", ...(name === undefined ? {} : { name }) });

/** Not inline: the compiler would take the gradient for null from then on. */
const clear = (w: Variable): void => {
  w.grad = null;
};

describe("gradients at variables", () => {
  test("of every variable the loss depends on, and no other", () => {
    const [a, b, c] = [of(2), of([1, 2]), of(7)];
    const counter = variable(1, { trainable: false });
    a.mul(b).sum().add(counter.cast("float64")).backward();
    expect(a.grad?.item()).toBe(3);
    expect(b.grad?.toArray()).toEqual([2, 2]);
    expect([c.grad, counter.grad]).toEqual([null, null]);
  });

  test("add up over calls and paths until they are cleared", () => {
    const w = of(3);
    w.mul(w).add(w).backward();
    expect(w.grad?.item()).toBe(7);
    w.mul(2).backward();
    expect(w.grad?.item()).toBe(9);
    clear(w);
    w.mul(2).backward();
    expect(w.grad?.item()).toBe(2);
  });

  test("control flow that depends on values", () => {
    const w = of(1.5);
    let y: Tensor = w;
    while (y.item() < 10) y = y.mul(w);
    // 1.5^6 = 11.39: y = w^6
    y.backward();
    expect(w.grad?.item()).toBeCloseTo(6 * 1.5 ** 5, 12);
  });

  test("a variable itself, and one that was assigned", () => {
    const w = of(3);
    w.backward();
    expect(w.grad?.item()).toBe(1);
    clear(w);
    w.assign(f64(5));
    w.mul(w).backward();
    expect(w.grad?.item()).toBe(10);
  });

  test("a loss taken before an assignment uses the numbers it was taken with", () => {
    const w = of(3);
    const loss = w.mul(w);
    w.assign(f64(100));
    loss.backward();
    expect(w.grad?.item()).toBe(6);
  });

  test("a plain training loop finds the minimum", () => {
    const w = of([4, -3], "w");
    for (let step = 0; step < 100; step++) {
      w.sub(f64([1, 2]))
        .square()
        .sum()
        .backward();
      w.assign(w.sub(w.grad!.mul(0.1)));
      clear(w);
    }
    expect(w.at(0).item()).toBeCloseTo(1, 6);
    expect(w.at(1).item()).toBeCloseTo(2, 6);
  });
});

describe("history", () => {
  test("is released by backward(), whatever the ops saved", () => {
    for (const f of [(w: Tensor) => w.mul(w), (w: Tensor) => w.add(1), (w: Tensor) => w.exp()]) {
      const w = of(2);
      const loss = f(w);
      loss.backward();
      expect(() => loss.backward()).toThrow("released by an earlier backward()");
      f(w).backward(); // the variable itself can go on
    }
  });

  test("that two losses share is released by the first, unless it is kept", () => {
    const w = of(2);
    const shared = w.exp();
    const [first, second] = [shared.mul(2), shared.mul(3)];
    first.backward({ keepHistory: true });
    second.backward();
    expect(w.grad?.item()).toBeCloseTo(5 * Math.exp(2), 12);
    expect(() => first.backward()).toThrow("released by an earlier backward()");
  });

  test("the tensors saved on the way are let go", () => {
    const w = of(2);
    const middle = w.exp();
    const { value } = middle.parts;
    middle.mul(2).backward();
    expect(recorded.has(value!)).toBe(false);
  });

  test("a released tensor is still a number for other derivatives", () => {
    const w = of(2);
    const h = w.exp();
    h.mul(2).backward();
    expect(grad((x: Tensor) => x.mul(h))(f64(1)).item()).toBe(Math.exp(2));
    const v = of(3);
    h.stopGradient().mul(v).backward();
    expect(v.grad?.item()).toBe(Math.exp(2));
    expect(() => h.mul(v).backward()).toThrow("released by an earlier backward()");
  });

  test("noGrad records nothing, and ends with its body", () => {
    const w = of(2);
    const hidden = noGrad(() => w.mul(3));
    expect(hidden.item()).toBe(6);
    expect(hidden.tracked).toBe(false);
    hidden.mul(w).backward();
    expect(w.grad?.item()).toBe(6);
    expect(() => noGrad(() => w.mul(2)).backward()).toThrow("depends on no trainable variable");
    expect(() =>
      noGrad(() => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(w.mul(2).tracked).toBe(true);
  });

  test("stopGradient lets go of what came before, eager and compiled", () => {
    const [w, v] = [of(2), of(3)];
    const f = () => w.exp().stopGradient().mul(v).backward();
    f();
    expect([w.grad, v.grad!.item()]).toEqual([null, Math.exp(2)]);
    clear(v);
    compile(f)();
    expect([w.grad, v.grad!.item()]).toEqual([null, Math.exp(2)]);
    expect(w.exp().stopGradient().tracked).toBe(false);
    expect(w.floor().tracked).toBe(false);
    expect(w.greater(1).tracked).toBe(false);
    expect(() => compile(() => w.stopGradient().backward())()).toThrow("no trainable variable");
  });

  test("a state carried over many steps, cut at each", () => {
    const w = of(0.5);
    let h: Tensor = f64(1);
    for (let step = 0; step < 5; step++) {
      h = h.stopGradient().mul(w).add(1);
      h.backward();
    }
    // h: 1, 1.5, 1.75, 1.875, 1.9375
    expect(w.grad!.item()).toBe(1 + 1.5 + 1.75 + 1.875 + 1.9375);
  });

  test("gradients and assigned values have none", () => {
    const w = of(2);
    w.mul(w).backward();
    expect(w.grad?.tracked).toBe(false);
    w.assign(w.mul(2));
    clear(w);
    w.mul(1).backward();
    expect(w.grad!.item()).toBe(1);
  });
});

describe("gradients of gradients", () => {
  test("createGraph records the gradient", () => {
    const w = of(2);
    w.pow(3).backward({ createGraph: true });
    const slope = w.grad!; // 3 w^2
    expect(slope.item()).toBe(12);
    clear(w);
    slope.backward();
    expect(w.grad!.item()).toBe(12); // 6 w
  });

  test("a gradient penalty: both ways the same", () => {
    const w = of([1, -2]);
    const x = f64([0.5, 0.25]);
    const loss = (v: Tensor) => v.mul(x).tanh().sum();
    loss(w).backward({ createGraph: true });
    const penalty = w.grad!.square().sum();
    clear(w);
    penalty.backward();
    const expected = grad((v: Tensor) => grad(loss)(v).square().sum())(f64([1, -2]));
    w.grad!.data.forEach((g: number, i: number) => {
      expect(g).toBeCloseTo(expected.data[i]!, 14);
    });
  });

  test("grad of a function that uses variables leaves them alone", () => {
    const w = of(3);
    const slope = grad((x: Tensor) => x.mul(w).mul(w))(f64(2));
    expect(slope.item()).toBe(9);
    expect(w.grad).toBe(null);
    // The slope depends on w: w^2.
    slope.backward();
    expect(w.grad!.item()).toBe(6);
  });

  test("through vmap and through what a compiled function inlines", () => {
    const w = of(3);
    vmap((x: Tensor) => x.mul(w))(f64([1, 2]))
      .sum()
      .backward();
    expect(w.grad!.item()).toBe(3);
    clear(w);
    const square = compile((x: Tensor) => x.mul(x));
    square(w.mul(2)).backward();
    expect(w.grad!.item()).toBe(24);
  });
});
