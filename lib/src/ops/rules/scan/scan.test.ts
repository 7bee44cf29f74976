// A scan does what its loop does when it is written out, and so do all its derivatives.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { referenceEngine } from "../../../engines/reference/reference.ts";
import { sizeOf } from "../../../ir/shape.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad, jvp, vjp } from "../../../runtime/derivatives/autodiff.ts";
import { engine, setEngine } from "../../../runtime/interpreter/current.ts";
import {
  arrays,
  directionLike,
  dot,
  drawOperands,
  LOOPS,
  looped,
  lossOf,
  type Operands,
  type Run,
  shifted,
  stacked,
  type Tensors,
  unrolled,
} from "../../../runtime/loops/scan-loops.testing.ts";
import { vmap } from "../../../runtime/loops/vmap.ts";
import { flattenTree, mapTree } from "../../../runtime/values/tree.ts";
import { expectClose, expectSameBits } from "../../arrays.testing.ts";

// The rules are the same on every engine, and the reference engine has no loop to compile each time. What engines
// make of loops is tested where they are, and below where functions are compiled.
const usual = engine();
beforeEach(() => setEngine(referenceEngine));
afterEach(() => setEngine(usual));

describe.each(LOOPS.map((loop) => [loop.title, loop] as const))("%s", (_, loop) => {
  const hasWeights = Object.keys(loop.weights).length > 0;

  describe.each([
    [1, false],
    [3, false],
    [2, true],
  ])("%i steps, reverse: %s", (length, reverse) => {
    const [f, g] = [looped(loop, length, reverse), unrolled(loop, length, reverse)];
    const operands = drawOperands(loop, length, 1);
    const direction = directionLike(operands, 50);

    test("gives what the unrolled loop gives", () => {
      expectSameBits(arrays(f(operands)), arrays(g(operands)));
    });

    test("jvp, and its finite difference", () => {
      const [, dy] = jvp(f, [operands], [direction]);
      expectClose(arrays(dy), arrays(jvp(g, [operands], [direction])[1]), 1e-13);
      const loss = lossOf(f);
      const [, slope] = jvp(loss, [operands], [direction]);
      const at = (by: number) =>
        loss(mapTree((x, dx) => shifted(x, dx, by), operands, direction)).item();
      expect(slope.item()).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 7);
    });

    test("vjp, and what it shares with jvp", () => {
      const [results, pullback] = vjp(f, operands);
      const cotangents = directionLike(results, 60);
      const [gradient] = pullback(cotangents);
      expectClose(arrays(gradient), arrays(vjp(g, operands)[1](cotangents)), 1e-12);
      const [, tangents] = jvp(f, [operands], [direction]);
      const [left, right] = [dot(tangents, cotangents), dot(direction, gradient)];
      expect(left.item()).toBeCloseTo(right.item(), 11);
    });

    test("the gradient of one part alone", () => {
      for (const key of ["weights", "carry", "sequences"] as const) {
        if (Object.keys(operands[key]).length === 0) continue;
        const partOf = (run: Run) =>
          grad((part: Tensors) => lossOf(run)({ ...operands, [key]: part }))(operands[key]);
        expectClose(arrays(partOf(f)), arrays(partOf(g)), 1e-12);
      }
    });

    test("second order: forward over reverse, reverse over reverse, reverse over forward", () => {
      const twice = (run: Run) => {
        const loss = lossOf(run);
        return [
          jvp(grad(loss), [operands], [direction])[1],
          grad((x: Operands) => dot(grad(loss)(x), direction))(operands),
          grad((x: Operands) => jvp(loss, [x], [direction])[1])(operands),
        ];
      };
      const [forward, reverse, mixed] = twice(f);
      expectClose(arrays(forward), arrays(twice(g)[0]), 1e-11);
      expectClose(arrays(reverse), arrays(forward), 1e-11);
      expectClose(arrays(mixed), arrays(forward), 1e-11);
    });

    test("compiled = eager, for values and gradients", () => {
      setEngine(usual);
      expectSameBits(arrays(compile(f)(operands)), arrays(f(operands)));
      const gradient = grad(lossOf(f));
      expectSameBits(arrays(compile(gradient)(operands)), arrays(gradient(operands)));
    });
  });

  test("no steps: the carry passes through, and so does its gradient", () => {
    const f = looped(loop, 0, false);
    const operands = drawOperands(loop, 0, 1);
    const [carry, ys] = f(operands);
    expectSameBits(arrays(carry), arrays(operands.carry));
    expect(flattenTree(ys).leaves.map(({ type }) => sizeOf(type.shape))).toEqual(
      Object.keys(ys).map(() => 0),
    );
    const [results, pullback] = vjp(f, operands);
    const cotangents = directionLike(results, 60);
    const [gradient] = pullback(cotangents);
    expectSameBits(arrays(gradient.carry), arrays(cotangents[0]));
    expect(arrays(gradient.weights).flatMap(({ data }) => [...data])).toEqual(
      arrays(operands.weights).flatMap(({ data }) => [...data].map(() => 0)),
    );
    const second = grad((x: Operands) => dot(grad(lossOf(f))(x), directionLike(x, 50)));
    expect(arrays(second(operands)).every(({ data }) => data.every((x) => x === 0))).toBe(true);
    setEngine(usual);
    expectSameBits(arrays(compile(f)(operands)), arrays(f(operands)));
  });

  test("vmap over every choice of weights, carries and sequences", () => {
    const parts = ["weights", "carry", "sequences"] as const;
    const given = parts.filter((key) => Object.keys(loop[key]).length > 0);
    const examples = [1, 2, 3].map((i) => drawOperands(loop, 3, 100 * i));
    for (let bits = 1; bits < 2 ** given.length; bits++) {
      const batched = given.filter((_, i) => (bits >> i) & 1);
      const axes = parts.map((key) => (batched.includes(key) ? 0 : null));
      const mine = (example: Operands) =>
        Object.fromEntries(
          parts.map((key) => [key, (batched.includes(key) ? example : examples[0]!)[key]]),
        ) as unknown as Operands;
      const many = mapTree(
        (...xs) => stacked(xs),
        mine(examples[0]!),
        mine(examples[1]!),
        mine(examples[2]!),
      );
      const whole = Object.fromEntries(
        parts.map((key) => [key, (batched.includes(key) ? many : examples[0]!)[key]]),
      ) as unknown as Operands;
      const run = looped(loop, 3, bits % 2 === 0);
      for (const f of [run, grad(lossOf(run))]) {
        const separate = (weights: Tensors, carry: Tensors, sequences: Tensors) =>
          f({ weights, carry, sequences });
        const together = vmap(separate, { inAxes: axes })(
          whole.weights,
          whole.carry,
          whole.sequences,
        );
        const alone = examples.map((example) => f(mine(example)));
        const expected = mapTree((...xs) => stacked(xs), alone[0]!, alone[1]!, alone[2]!);
        expectClose(arrays(together), arrays(expected), 1e-12);
      }
    }
  });

  if (hasWeights) {
    test("weights alone, differentiated from a start without tangents", () => {
      const operands = drawOperands(loop, 3, 1);
      const only = (run: Run) =>
        grad((weights: Tensors) => lossOf(run)({ ...operands, weights }))(operands.weights);
      expectClose(
        arrays(only(looped(loop, 3, false))),
        arrays(only(unrolled(loop, 3, false))),
        1e-12,
      );
    });
  }
});
