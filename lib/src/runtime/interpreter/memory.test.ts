// Users never free anything: training loops of ten thousand steps keep memory flat.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import {
  compile,
  engine,
  grad,
  mapTree,
  noGrad,
  type Tensor,
  tensor,
  variable,
} from "../../index.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes alive: objects, the buffers that typed arrays hold outside the heap, and engine memory. */
function alive(): number {
  for (let i = 0; i < 3; i++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers + engine().usage!().bytes;
}

/** Ten thousand steps, on a machine that does other things too. */
const patience = { timeout: 120_000 };

/** A few objects may settle late; a leak of one object a step would be more. */
const SLACK = 400_000;

/**
 * Runs many steps; growth after the first fifth, when caches are full and code is warm. Where it is much, the runtime
 * may have compiled late, which it does once: as many steps again, in which a leak grows as before.
 */
function growth(step: () => void, steps = 10_000): number {
  const stretch = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      step();
      // Tables of weak references grow between collections: by the same amount each time, then.
      if (i % 1000 === 999) collect();
    }
  };
  const grown = (): number => {
    const before = alive();
    stretch(steps / 5, steps);
    return alive() - before;
  };
  stretch(0, steps / 5);
  const first = grown();
  return first < SLACK ? first : grown();
}

const x = tensor([[0.5, -1]]);

/** A network of two layers with two hidden units; the loss is scaled by the learning rate. */
const loss = (w: { readonly hidden: Tensor; readonly out: Tensor }): Tensor =>
  x.matmul(w.hidden).tanh().matmul(w.out).square().sum().mul(0.01);

const start = () => ({
  hidden: tensor([
    [0.3, -0.2],
    [0.1, 0.4],
  ]),
  out: tensor([[0.7], [-0.6]]),
});

test("a compiled training loop", patience, () => {
  const { hidden, out } = start();
  const [w, v] = [variable(hidden), variable(out)];
  const step = compile(() => {
    const value = loss({ hidden: w, out: v });
    value.backward();
    for (const each of [w, v]) {
      each.assign(each.sub(each.grad!));
    }
    return value;
  });
  let last = 0;
  const grown = growth(() => {
    last = step().item();
  });
  expect(last).toBeLessThan(1e-5);
  expect(grown).toBeLessThan(SLACK);
});

test("a grad loop", patience, () => {
  let w = start();
  const gradient = grad(loss);
  const grown = growth(() => {
    w = mapTree((p, g) => p.sub(g!), w, gradient(w));
  });
  expect(loss(w).item()).toBeLessThan(1e-5);
  expect(grown).toBeLessThan(SLACK);
});

test("a backward() loop", patience, () => {
  const { hidden, out } = start();
  const [w, v] = [variable(hidden), variable(out)];
  const grown = growth(() => {
    loss({ hidden: w, out: v }).backward();
    noGrad(() => {
      for (const each of [w, v]) {
        each.assign(each.sub(each.grad!));
        each.grad = null;
      }
    });
  });
  expect(loss({ hidden: w, out: v }).item()).toBeLessThan(1e-5);
  expect(grown).toBeLessThan(SLACK);
});

test("a state carried from step to step, cut by stopGradient()", patience, () => {
  const w = variable(0.5);
  let state: Tensor = tensor(1);
  const grown = growth(() => {
    state = state.stopGradient().mul(w).add(1);
    state.backward();
    w.grad = null;
  }, 5000);
  expect(state.item()).toBeCloseTo(2, 5);
  expect(grown).toBeLessThan(SLACK);
});
