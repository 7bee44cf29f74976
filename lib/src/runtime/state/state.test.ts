// State: a snapshot is a checkpoint, and stepping back gives the same bits again.

import { describe, expect, test } from "vitest";
import { compile, random, State, tensor, variable, zeros } from "../../index.ts";

/** A small training loop whose whole state is in `state`: weights, momentum, a counter for keys. */
function program() {
  const state = new State();
  const w = state.add("w", variable(zeros([3]), { name: "w" }));
  const velocity = state.add("velocity", variable(zeros([3]), { trainable: false }));
  const step = state.add("step", variable(0, { dtype: "int32" }));
  const key = random.key(9);
  const run = compile(() => {
    const x = random.normal(random.foldIn(key, step), [5, 3]);
    const loss = x.matmul(w).sub(x.sum(1)).square().mean();
    loss.backward();
    velocity.assign(velocity.mul(0.9).sub(w.grad!.mul(0.05)));
    w.assign(w.add(velocity));
    step.assign(step.add(1));
    return loss;
  });
  return { state, run, w, step };
}

describe("snapshot and restore", () => {
  test("stepping back and on again gives the same bits", () => {
    const { state, run, step } = program();
    const take = (n: number) => Array.from({ length: n }, () => run().item());
    take(5);
    const five = state.snapshot();
    const first = take(7);
    expect(step.item()).toBe(12);
    state.restore(five);
    expect(step.item()).toBe(5);
    expect(take(7)).toEqual(first);
    expect(new Set(first).size).toBe(7);
  });

  test("another program of the same state goes on from there", () => {
    const [a, b] = [program(), program()];
    a.run();
    a.run();
    b.state.restore(a.state.snapshot());
    expect(b.run().item()).toBe(a.run().item());
    expect(b.w.data).toEqual(a.w.data);
  });

  test("a snapshot is a copy, and can be restored again", () => {
    const state = new State();
    const w = state.add("w", variable([1, 2]));
    const before = state.snapshot();
    w.assign(tensor([3, 4]));
    expect([...before.get("w")!]).toEqual([1, 2]);
    for (let i = 0; i < 2; i++) {
      state.restore(before);
      expect(w.toArray()).toEqual([1, 2]);
      w.assign(tensor([5, 6]));
    }
    expect([...before.get("w")!]).toEqual([1, 2]);
  });

  test("changes nothing when it does not fit", () => {
    const state = new State();
    const [a, b] = [state.add("a", variable(1)), state.add("b", variable([1, 2]))];
    const wrong = state
      .snapshot()
      .set("a", new Float32Array([9]))
      .set("b", new Float32Array(3));
    expect(() => state.restore(wrong)).toThrow('"b" is float32[2]');
    expect([a.item(), b.toArray()]).toEqual([1, [1, 2]]);
    expect([...state.variables.keys()]).toEqual(["a", "b"]);
  });
});
