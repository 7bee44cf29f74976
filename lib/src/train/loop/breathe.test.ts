// Long loops let others have the thread, and short ones lose no time to it.

import { expect, it } from "vitest";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { key, normal } from "../../tensor/random.ts";
import { sequential } from "../model/sequential.ts";
import { makeBreather } from "./breathe.ts";

/** Keeps the thread busy. */
function work(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

it("yields to timers about every 50 ms", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  try {
    const breathe = makeBreather();
    for (let i = 0; i < 4; i++) {
      work(60);
      await breathe();
    }
    expect(ticks).toBeGreaterThanOrEqual(3);
  } finally {
    clearInterval(timer);
  }
});

it("does not wait before that", async () => {
  let ticks = 0;
  const timer = setTimeout(() => ticks++, 0);
  const breathe = makeBreather();
  for (let i = 0; i < 100; i++) await breathe();
  expect(ticks).toBe(0);
  clearTimeout(timer);
});

it("lets timers fire within an epoch, an evaluation and a prediction", async () => {
  const model = sequential([inputLayer([8]), dense(8)]).compile({ loss: "mse", optimizer: "sgd" });
  const few = normal(key(1), [8, 8]);
  const many = normal(key(2), [20_000, 8]);
  const slow = { name: "slow", onStepEnd: () => work(30) };
  for (const run of [
    () => model.fit(few, few, { batchSize: 1, callbacks: [slow] }),
    () => model.evaluate(many, many, { batchSize: 1 }),
    () => model.predict(many, { batchSize: 1 }),
  ]) {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const started = performance.now();
    await run();
    clearInterval(timer);
    if (performance.now() - started > 120) expect(ticks).toBeGreaterThan(0);
  }
});
