// Linear algebra against NumPy and JAX, against what decompositions must make up again, in both precisions,
// at once and compiled, mapped and differentiated.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  compile,
  engine,
  type Graph,
  grad,
  jvp,
  linalg,
  random,
  referenceEngine,
  setEngine,
  stack as stackOf,
  type Tensor,
  tensor,
  tril,
  vmap,
} from "../../index.ts";

const golden = JSON.parse(readFileSync(new URL("golden/linalg.json", import.meta.url), "utf8")) as {
  inputs: Record<string, number[]>;
  values: Record<string, number | number[]>;
  gradients: Record<string, { value: number; gradient: number[] }>;
};
const f64 = (x: unknown): Tensor => tensor(x as number[], "float64");
const given = Object.fromEntries(
  Object.entries(golden.inputs).map(([name, data]) => [name, f64(data)]),
) as Record<string, Tensor>;
const { square, stack, tall, wide, definite, symmetric, vector, right, lowRank, observed } =
  given as { readonly [name in keyof typeof golden.inputs]: Tensor } & Record<string, Tensor>;

function expectClose(actual: Tensor, expected: unknown, room = 1e-10): void {
  const wanted = f64(expected);
  expect(actual.shape).toEqual(wanted.shape);
  const apart = Array.from(actual.data, (x: number, i) => {
    const right = wanted.data[i]!;
    return Math.abs(x - right) / Math.max(1, Math.abs(right));
  });
  expect(Math.max(0, ...apart)).toBeLessThanOrEqual(room);
}
const distance = (a: Tensor, b: Tensor) => a.sub(b).abs().max().item();
const turned = (x: Tensor) =>
  x.transpose([...x.shape.keys()].slice(0, -2).concat([x.rank - 1, x.rank - 2]));

/** Every element counts otherwise, as in the script. */
function weighted(x: Tensor): Tensor {
  const weights = Array.from({ length: x.size }, (_, i) => Math.sin(1 + i));
  return x.mul(f64(weights).reshape(x.shape)).sum();
}

const CALLS: Record<string, (x: typeof given) => Tensor> = {
  "solve(square, vector)": () => linalg.solve(square!, vector!),
  "solve(square, right)": () => linalg.solve(square!, right!),
  "inv(square)": () => linalg.inv(square!),
  "inv(stack)": () => linalg.inv(stack!),
  "det(stack)": () => linalg.det(stack!),
  "slogdet(stack).sign": () => linalg.slogdet(stack!).sign,
  "slogdet(stack).logAbsDet": () => linalg.slogdet(stack!).logAbsDet,
  "cholesky(definite)": () => linalg.cholesky(definite!),
  "qr(tall).q": () => linalg.qr(tall!).q,
  "qr(tall).r": () => linalg.qr(tall!).r,
  "qr(wide).q": () => linalg.qr(wide!).q,
  "qr(wide).r": () => linalg.qr(wide!).r,
  "qr(square).r": () => linalg.qr(square!).r,
  "eigh(symmetric).eigenvalues": () => linalg.eigh(symmetric!).eigenvalues,
  "svd(tall).s": () => linalg.svd(tall!).s,
  "svd(wide).s": () => linalg.svd(wide!).s,
  "svd(lowRank).s": () => linalg.svd(lowRank!).s,
  "pinv(tall)": () => linalg.pinv(tall!),
  "pinv(lowRank)": () => linalg.pinv(lowRank!, { rtol: 1e-12 }),
  "matrixRank(lowRank)": () => linalg.matrixRank(lowRank!).cast("float64"),
  "lstsq(tall, observed)": () => linalg.lstsq(tall!, observed!),
  "lstsq(lowRank, observed)": () => linalg.lstsq(lowRank!, observed!, { rtol: 1e-12 }),
  "matrixPower(square, 5)": () => linalg.matrixPower(square!, 5),
  "matrixPower(square, -2)": () => linalg.matrixPower(square!, -2),
};

test.each(Object.entries(golden.values))("%s is NumPy's", (call, expected) => {
  expect(Object.keys(CALLS).sort()).toEqual(Object.keys(golden.values).sort());
  expectClose(CALLS[call]!(given), expected, 1e-9);
});

const LOSSES: Record<string, readonly [(a: Tensor) => Tensor, Tensor]> = {
  solve: [(a) => weighted(linalg.solve(a, right!)), square!],
  inv: [(a) => weighted(linalg.inv(a)), square!],
  det: [(a) => linalg.det(a), square!],
  slogdet: [(a) => linalg.slogdet(a).logAbsDet, square!],
  cholesky: [(a) => weighted(linalg.cholesky(a)), definite!],
  qr: [(a) => weighted(linalg.qr(a).q).add(weighted(linalg.qr(a).r)), tall!],
  eigh: [
    (a) => {
      const { eigenvalues, eigenvectors } = linalg.eigh(a);
      return weighted(eigenvalues).add(weighted(eigenvectors.square()));
    },
    symmetric!,
  ],
  svd: [
    (a) => {
      const { u, s, vh } = linalg.svd(a);
      return weighted(s).add(weighted(u.square())).add(weighted(vh.square()));
    },
    tall!,
  ],
  pinv: [(a) => weighted(linalg.pinv(a)), tall!],
  triangularSolve: [
    (a) => weighted(linalg.triangularSolve(a, right!, { lower: true })),
    linalg.cholesky(definite!),
  ],
};

describe.each(Object.entries(LOSSES))("the gradient of %s", (name, [loss, at]) => {
  const { value, gradient } = golden.gradients[name]!;

  test("is JAX's, at once and compiled", () => {
    expectClose(loss(at), value, 1e-9);
    const found = grad(loss)(at);
    expectClose(found, gradient, 1e-8);
    const compiled = compile(grad(loss));
    expectClose(compiled(at), found.toArray(), 1e-9);
  });

  test("is the slope along a direction, forwards and by differences; mapped; and a second time", () => {
    const d = random.normal(random.key(3), at.shape, { dtype: "float64" });
    const slope = grad(loss)(at).mul(d).sum().item();
    const [, forward] = jvp(loss, [at], [d]) as [Tensor, Tensor];
    expect(forward.item()).toBeCloseTo(slope, 8);
    const step = 1e-6;
    const ends = [step, -step].map((t) => loss(at.add(d.mul(t))).item()) as [number, number];
    expect(Math.abs((ends[0] - ends[1]) / (2 * step) - slope)).toBeLessThan(
      1e-5 * Math.max(1, Math.abs(slope)),
    );
    const each = vmap(grad(loss))(stackOf([at, at.mul(1.5)]));
    expectClose(each.at(1), grad(loss)(at.mul(1.5)).toArray(), 1e-8);
    const bend = (x: Tensor) => grad(loss)(x).mul(d).sum();
    const around = [step, -step].map((t) => bend(at.add(d.mul(t))).item()) as [number, number];
    const second = grad(bend)(at).mul(d).sum().item();
    expect(Math.abs((around[0] - around[1]) / (2 * step) - second)).toBeLessThan(
      1e-4 * Math.max(1, Math.abs(second)),
    );
  });
});

test("the gradient of a wide qr goes through its reflections", () => {
  const loss = (a: Tensor) => weighted(linalg.qr(a).r);
  const d = random.normal(random.key(3), wide!.shape, { dtype: "float64" });
  const slope = grad(loss)(wide!).mul(d).sum().item();
  const ends = [1e-6, -1e-6].map((t) => loss(wide!.add(d.mul(t))).item()) as [number, number];
  expect((ends[0] - ends[1]) / 2e-6).toBeCloseTo(slope, 6);
});

describe.each([
  ["float32", 2e-4],
  ["float64", 1e-11],
] as const)("in %s", (dtype, room) => {
  const draw = (...shape: number[]) => random.normal(random.key(shape.length), shape, { dtype });
  const identity = (x: Tensor) => linalg.matrixPower(x as Tensor, 0);
  const inner = (x: Tensor) => turned(x).matmul(x);

  describe("step by step", () => {
    // Without a loop to compile for each shape; compiled ones are compared with these below.
    const usual = engine();
    beforeAll(() => setEngine(referenceEngine));
    afterAll(() => setEngine(usual));

    test.each([[1], [2], [5], [8]])(
      "decompositions of %i columns make the matrix up again",
      (n) => {
        const [a, longer] = [draw(2, n, n), draw(2, n + 3, n)];
        for (const x of [a, longer, turned(longer)]) {
          const { q, r } = linalg.qr(x);
          expect(distance(q.matmul(r), x)).toBeLessThan(room);
          expect(distance(inner(q), identity(inner(q)))).toBeLessThan(room);
          expect(r.toArray()).toEqual(turned(tril(turned(r))).toArray());
          const { u, s, vh } = linalg.svd(x);
          expect(distance(u.mul(s.expandDims(1)).matmul(vh), x)).toBeLessThan(room);
          for (const unit of [inner(u), inner(turned(vh))]) {
            expect(distance(unit, identity(unit))).toBeLessThan(room);
          }
          const p = linalg.pinv(x);
          expect(distance(x.matmul(p).matmul(x), x)).toBeLessThan(room * 10);
        }
        const sums = a.add(turned(a));
        const { eigenvalues, eigenvectors: v } = linalg.eigh(sums);
        expect(distance(v.mul(eigenvalues.expandDims(1)).matmul(turned(v)), sums)).toBeLessThan(
          room,
        );
        expect(distance(inner(v), identity(v))).toBeLessThan(room);
        const spd = inner(longer);
        const l = linalg.cholesky(spd);
        expect(distance(l.matmul(turned(l)), spd)).toBeLessThan(room * 10);
        expect(distance(linalg.solve(spd, a).mul(1), linalg.inv(spd).matmul(a))).toBeLessThan(
          room * 1000,
        );
      },
    );
  });

  test("compiled by the Wasm engine, as the reference engine has it", () => {
    const x = draw(4, 4);
    const f = (a: Tensor) => ({
      inv: linalg.inv(a),
      s: linalg.svd(a).s,
      values: linalg.eigh(a).eigenvalues,
      r: linalg.qr(a).r,
      gradient: grad((y: Tensor) => linalg.slogdet(y).logAbsDet.add(linalg.svd(y).s.sum()))(a),
    });
    const wasm = compile(f);
    expect(engine().supports(wasm.graph(x) as Graph)).toBe(true);
    const received = wasm(x);
    const before = engine();
    setEngine(referenceEngine);
    try {
      const expected = compile(f)(x);
      for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
        expect(distance(received[name], expected[name])).toBeLessThan(room * 10);
      }
    } finally {
      setEngine(before);
    }
  });
});

describe("bad matrices", () => {
  const singular = f64([
    [1, 2],
    [2, 4],
  ]);
  const indefinite = f64([
    [1, 2],
    [2, 1],
  ]);

  test("are refused in words where numbers are known", () => {
    const errors: [() => unknown, RegExp][] = [
      [() => linalg.inv(singular), /inv: the matrix is singular$/],
      [
        () => linalg.solve(stackOf([indefinite, singular]), f64([1, 2])),
        /solve: the matrix is singular \(matrix 1 of the stack\)/,
      ],
      [() => linalg.cholesky(indefinite), /cholesky: the matrix is not positive definite/],
      [() => linalg.matrixPower(singular, -1), /singular/],
      [
        () =>
          linalg.triangularSolve(
            f64([
              [0, 1],
              [0, 1],
            ]),
            f64([1, 2]),
          ),
        /triangularSolve: the matrix is singular: its diagonal has a zero/,
      ],
      [() => linalg.inv(tall as never), /inv: expected a square matrix, received shape \[6, 3\]/],
      [
        () => linalg.det(vector as never),
        /det: expected a matrix or a stack of matrices, received shape \[5\]/,
      ],
      [() => linalg.solve(square!, f64([1, 2]) as never), /solve: cannot solve \[5, 5\] for \[2\]/],
      [
        () =>
          linalg.solve(
            stack!,
            f64([
              [[1], [1], [1], [1]],
              [[1], [1], [1], [1]],
              [[1], [1], [1], [1]],
            ]) as never,
          ),
        /leading axes do not broadcast/,
      ],
      [
        () => linalg.qr(tensor([[1, 2]], "int32")),
        /qr: expected float32 or float64, received int32/,
      ],
      [
        () => linalg.solve(square!, tensor([1, 2, 3, 4, 5]) as never),
        /solve: expected float64, received float32/,
      ],
      [() => linalg.inv(3 as never), /expected a to be a tensor, received 3/],
      [() => linalg.pinv(tall!, { rtoll: 1 } as never), /rtol/],
      [() => linalg.matrixPower(square!, 0.5), /whole number, received 0.5/],
    ];
    for (const [call, words] of errors) expect(call).toThrow(words);
  });

  test("show in the numbers of compiled functions, and have determinant 0", () => {
    expect(compile((a: Tensor) => linalg.inv(a))(singular).data.every(Number.isFinite)).toBe(false);
    expect(compile((a: Tensor) => linalg.cholesky(a))(indefinite).data.some(Number.isNaN)).toBe(
      true,
    );
    expect(Math.abs(linalg.det(singular).item())).toBe(0);
    expect(Math.abs(linalg.slogdet(singular).sign.item())).toBe(0);
    expect(linalg.slogdet(singular).logAbsDet.item()).toBe(Number.NEGATIVE_INFINITY);
    expect(
      linalg
        .matrixRank(
          f64([
            [0, 0],
            [0, 0],
          ]),
        )
        .item(),
    ).toBe(0);
    expect(
      linalg
        .svd(
          f64([
            [0, 0],
            [0, 0],
          ]),
        )
        .s.toArray(),
    ).toEqual([0, 0]);
  });
});
