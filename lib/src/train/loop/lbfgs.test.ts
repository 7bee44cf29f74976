// L-BFGS: what it minimises, and how its trials pass through training.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { createWasmEngine } from "../../engines/index.ts";
import { referenceEngine } from "../../engines/reference/reference.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { type LbfgsOptions, lbfgs } from "../../nn/optimizers/index.ts";
import type { Regularizer } from "../../nn/regularizers/index.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { valueAndGrad } from "../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor } from "../../tensor/create.ts";
import { add, mul, square, sub } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { key, normal } from "../../tensor/random.ts";
import { sum } from "../../tensor/reduce.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../files/checkpoint.ts";
import { restoreCheckpoint } from "../files/restore.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import { sequential } from "../model/sequential.ts";
import type { FitOptions } from "./fit.ts";

/** The parameters after every trial. */
function minimise(
  cost: (p: Tensor) => Tensor,
  begin: readonly number[],
  trials: number,
  options: LbfgsOptions = {},
) {
  const optimizer = lbfgs(options);
  const slope = valueAndGrad(cost);
  let params: { p: Tensor } = { p: tensor(begin, "float64") };
  let slots = optimizer.init(params);
  const update = compile((p: Tensor, old: typeof slots, step: Tensor) => {
    const place = optimizer.probe!({ p }, old)["p"] as Tensor;
    const [loss, gradient] = slope(place) as [Tensor, Tensor];
    const learningRate = tensor(1, "float64");
    const gradients = { p: gradient };
    return optimizer.update({ params: { p }, gradients, loss, slots: old, learningRate, step });
  });
  return Array.from({ length: trials }, (_, i) => {
    const next = update(params.p, slots, tensor(i + 1, "int32"));
    params = next.params as typeof params;
    slots = next.slots;
    return [...params.p.data] as number[];
  });
}

/** 100 (y - x^2)^2 + (1 - x)^2 (Rosenbrock 1960), least at (1, 1). */
function rosenbrock(p: Tensor): Tensor {
  const [a, b] = [at(p, 0), at(p, 1)];
  return add(mul(square(sub(b, square(a))), 100), square(sub(1, a)));
}

const ofRosenbrock = ([a, b]: readonly number[]) => 100 * (b! - a! ** 2) ** 2 + (1 - a!) ** 2;

describe("lbfgs", () => {
  it("goes through Rosenbrock's valley, and never up", () => {
    const path = minimise(rosenbrock, [-1.2, 1], 80);
    const costs = path.map(ofRosenbrock);
    costs.slice(1).forEach((cost, i) => expect(cost).toBeLessThanOrEqual(costs[i]!));
    expect(path.at(-1)![0]).toBeCloseTo(1, 9);
    expect(path.at(-1)![1]).toBeCloseTo(1, 9);
  });

  it("finds the floor of a narrow bowl of ten parameters in as many trials as others", () => {
    const curves = Array.from({ length: 10 }, (_, i) => 3 ** i);
    const bowl = (p: Tensor) => sum(mul(square(sub(p, 2)), tensor(curves, "float64")));
    // SciPy's L-BFGS-B takes 248 evaluations here to 1e-9, and PyTorch with its line search 246.
    const path = minimise(bowl, Array(10).fill(-1), 260);
    for (const value of path.at(-1)!) expect(value).toBeCloseTo(2, 6);
  });

  it("stays at a minimum, and comes back from where there is no number", () => {
    const still = minimise((p) => sum(square(p)), [0, 0], 4);
    expect(still.at(-1)).toEqual([0, 0]);
    // 1 / x + x, whose first trial would be far beyond 0: of log and root there is no number there.
    const barrier = (p: Tensor) => sum(sub(p, p.log()));
    expect(minimise(barrier, [0.02], 40, { learningRate: 1 }).at(-1)![0]).toBeCloseTo(1, 7);
  });

  it("needs the loss", () => {
    const optimizer = lbfgs();
    const params = { w: tensor([1, 2]) };
    expect(() =>
      optimizer.update({
        params,
        gradients: params,
        slots: optimizer.init(params),
        learningRate: tensor(1),
        step: tensor(1, "int32"),
      }),
    ).toThrow("lbfgs: expected the loss beside its gradients, received nothing");
    expect(() => lbfgs({ lineSearch: "strong" as never })).toThrow('"wolfe" or "none"');
    expect(() => lbfgs({ history: 0 })).toThrow("history to be a whole number above 0");
  });
});

const x = normal(key(1), [40, 3], { dtype: "float64" });
const y = normal(key(2), [40, 1], { dtype: "float64" });

function makeModel(
  options: Partial<CompileModelOptions> = {},
  engine = createWasmEngine({ threads: 1 }),
) {
  return sequential([inputLayer([3]), dense(5, { activation: "tanh" }), dense(1)])
    .with({ seed: 2, dtype: "float64", engine })
    .compile({ loss: "mse", optimizer: "lbfgs", ...options });
}

async function trained(options: FitOptions = {}, model = makeModel()) {
  const history = await model.fit(x, y, { batchSize: 40, epochs: 30, ...options });
  const values = [...model.state.snapshot()].flatMap(([name, data]) =>
    name.startsWith("params/") ? Array.from(data, Number) : [],
  );
  return { model, values, losses: history.epochs.map(({ loss }) => loss) };
}

const apart = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe("a network under lbfgs", () => {
  it("learns in 30 trials what descent learns in hundreds", async () => {
    const { model } = await trained();
    const slow = makeModel({ optimizer: { name: "sgd", learningRate: 0.1 } });
    await slow.fit(x, y, { batchSize: 40, epochs: 300 });
    expect((await model.evaluate(x, y)).loss).toBeLessThan((await slow.evaluate(x, y)).loss);
  });

  it("is judged by the best trial so far, and never gets worse", async () => {
    const { epochs } = await makeModel().fit(x, y, {
      batchSize: 40,
      epochs: 25,
      validationData: [x, y],
    });
    const judged = epochs.map((row) => row["valLoss"]!);
    judged
      .slice(1)
      .forEach((loss, i) => expect(loss).toBeLessThanOrEqual(judged[i]! * (1 + 1e-12)));
  });

  it("is computed alike compiled, op by op, on the reference engine and in parts", async () => {
    const { values } = await trained();
    expect(apart(values, (await trained({ eager: true })).values)).toBeLessThan(1e-7);
    const reference = makeModel({}, referenceEngine);
    expect(apart(values, (await trained({}, reference)).values)).toBeLessThan(1e-7);
    const parts = await trained({ batchSize: 8, accumulate: 5 });
    expect(apart(values, parts.values)).toBeLessThan(1e-7);
  });

  it("is compiled whole: nothing is left to the reference engine", () => {
    const model = makeModel();
    const batches = { x: [x], y: [y], count: 40, size: 40 };
    const { step } = model.instance.residentStep(model.training, batches);
    const kernels = step.stages(40).find(({ name }) => name === "kernels")!.text;
    expect(kernels.match(/^kernel /gm)!.length).toBeGreaterThan(20);
  });

  it("minimises the penalty with the loss", async () => {
    const regularizer: Regularizer = { kind: "l2", lambda: 0.05, convention: "keras" };
    const { model } = await trained({ epochs: 80 }, makeModel({ regularizer }));
    const whole = async () => {
      const weights = ["dense1", "dense2"].flatMap((name) => [...model.layer(name)["w"]!.data]);
      const term = 0.05 * weights.reduce((total, w) => total + w * w, 0);
      return (await model.evaluate(x, y)).loss + term;
    };
    const found = await whole();
    // At a minimum no parameter can be moved for the better.
    for (const variable of model.instance.params.variables.values()) {
      const own = Float64Array.from(variable.data);
      for (const change of [1e-3, -1e-3]) {
        const moved = own.map((value, i) => (i === 0 ? value + change : value));
        variable.assign(tensor([...moved], "float64").reshape(variable.shape));
        expect(await whole()).toBeGreaterThan(found - 1e-9);
      }
      variable.assign(tensor([...own], "float64").reshape(variable.shape));
    }
  });

  it("goes on to the bit in the middle of a line search", async () => {
    const { model: whole } = await trained({ epochs: 9 });
    for (const epochs of [1, 2, 3, 4, 5]) {
      const half = makeModel();
      const done = await half.fit(x, y, { batchSize: 40, epochs });
      const checkpoint = decodeCheckpoint(encodeCheckpoint(half, { epochs: done.epochs }));
      const resumed = makeModel();
      expect(restoreCheckpoint(resumed, checkpoint)).toBe("whole");
      await resumed.fit(x, y, { batchSize: 40, epochs: 9, resume: checkpoint.epochs });
      expect([...resumed.state.snapshot()]).toEqual([...whole.state.snapshot()]);
    }
  });

  it("needs all examples in a step, and gradients that are those of its loss", async () => {
    await expect(trained({ batchSize: 10 })).rejects.toThrow(
      'fit: expected all 40 examples in one step for the optimizer "lbfgs"',
    );
    expect(() => makeModel({ clip: { norm: 1 } })).toThrow('no clip beside the optimizer "lbfgs"');
    const regularizer: Regularizer = { kind: "l2", lambda: 0.1, convention: "playground" };
    expect(() => makeModel({ regularizer })).toThrow('convention "playground", which acts after');
    expect(() => makeModel({ constraint: { kind: "nonNegative" } })).toThrow(
      'no constraint beside the optimizer "lbfgs"',
    );
    await expect(makeModel().fit(new Set([[x, y] as const]))).rejects.toThrow(
      'expected examples in arrays for the optimizer "lbfgs"',
    );
  });

  it("takes one batch again and again in trainOnBatch(), and no other", async () => {
    const model = makeModel();
    for (let trial = 0; trial < 9; trial++) await model.trainOnBatch(x, y);
    const { model: fitted } = await trained({ epochs: 9, shuffle: false });
    expect([...model.state.snapshot()]).toEqual([...fitted.state.snapshot()]);
    const refused = 'expected the batch of the first step again for the optimizer "lbfgs"';
    await expect(model.trainOnBatch(x, y.mul(2))).rejects.toThrow(refused);
    await expect(model.trainOnBatch(at(x, "0:20"), at(y, "0:20"))).rejects.toThrow(refused);
    const sampleWeight = Array.from({ length: 40 }, (_, i) => i);
    await expect(model.trainOnBatch(x, y, { sampleWeight })).rejects.toThrow(refused);
    model.compile({ loss: "mse", optimizer: "lbfgs" });
    await model.trainOnBatch(x, y.mul(2));
  });
});
