// Random draws against distribution functions, and the rules of choosing.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, random, type Tensor, tensor, vmap } from "../../index.ts";

interface Law {
  readonly parameters: readonly number[];
  readonly points: readonly (readonly [x: number, below: number])[];
}

// Written by scripts/golden/distributions.py.
const golden = JSON.parse(
  readFileSync(new URL("../golden/scipy.json", import.meta.url), "utf8"),
) as Readonly<Record<"exponential" | "gumbel" | "gamma" | "beta" | "poisson", readonly Law[]>>;

const N = 10_000;
const list = (x: Tensor): number[] => Array.from(x.data);

/** Standard deviations that a share may be off: draws are the same each time, so that it need not be many. */
const ROOM = 3;

/** Shares below each point, within some standard deviations of what they must be. */
function expectLaw(drawn: readonly number[], { points }: Law): void {
  for (const [x, below] of points) {
    const share = drawn.filter((y) => y <= x).length / drawn.length;
    const deviation = Math.sqrt((below * (1 - below)) / drawn.length);
    expect(Math.abs(share - below), `P(X <= ${x}): ${share}, exact ${below}`).toBeLessThan(
      ROOM * deviation + 1e-12,
    );
  }
}

const key = random.key(20);

describe.each(["float32", "float64"] as const)("%s", (dtype) => {
  test.each(golden.exponential)("exponential %j", (law) => {
    const drawn = random.exponential(key, [N], { rate: law.parameters[0]!, dtype });
    expect(drawn.dtype).toBe(dtype);
    expectLaw(list(drawn), law);
  });

  test.each(golden.gumbel)("gumbel %j", (law) => {
    expectLaw(list(random.gumbel(key, [N], { dtype })), law);
  });

  test.each(golden.gamma)("gamma %j", (law) => {
    const drawn = random.gamma(key, law.parameters[0]!, [N], { dtype });
    expect([drawn.dtype, drawn.shape]).toEqual([dtype, [N]]);
    // What a float32 cannot hold is 0.
    const within = { ...law, points: law.points.filter(([x]) => x > 1e-38 || dtype === "float64") };
    expectLaw(list(drawn), within);
  });

  test.each(golden.beta)("beta %j", (law) => {
    const [a, b] = law.parameters as [number, number];
    // In float32 numbers near 1 lie 2^-24 apart, which is wide beside beta(0.1, 0.2) there.
    const within = {
      ...law,
      points: law.points.filter(([x]) => x < 0.99999 || dtype === "float64"),
    };
    expectLaw(list(random.beta(key, a, b, [N], { dtype })), within);
  });
});

test.each(golden.poisson)("poisson %j", (law) => {
  const drawn = random.poisson(key, law.parameters[0]!, [N]);
  expect(drawn.dtype).toBe("int32");
  expectLaw(list(drawn), law);
});

test("poisson of rate 0 is 0", () => {
  expect(new Set(list(random.poisson(key, 0, [100])))).toEqual(new Set([0]));
});

test("concentrations broadcast, one law each, and traced ones draw the same", () => {
  const a = tensor([0.5, 20]);
  const drawn = random.gamma(key, a, [N, 2]);
  const columns = drawn.transpose();
  expect(columns.at(0).mean().item()).toBeCloseTo(0.5, 1);
  expect(columns.at(1).mean().item()).toBeCloseTo(20, 0);
  const compiled = compile((k: random.Key, a: Tensor) => random.gamma(k, a, [N, 2]));
  expect(list(compiled(key, a))).toEqual(list(drawn));
});

test("dirichlet draws sum to 1, with the means of their concentrations", () => {
  const drawn = random.dirichlet(key, tensor([1, 2, 5]), [N]);
  expect(drawn.shape).toEqual([N, 3]);
  expect(Math.max(...list(drawn.sum(-1).sub(1).abs()))).toBeLessThan(1e-6);
  list(drawn.mean(0)).forEach((mean, i) => {
    expect(mean).toBeCloseTo([1 / 8, 2 / 8, 5 / 8][i]!, 2);
  });
  const sparse = random.dirichlet(key, tensor([0.001, 0.001]), [1000]);
  expect(list(sparse).every((p) => p >= 0 && p <= 1)).toBe(true);
});

describe("categorical", () => {
  const p = [0.1, 0.2, 0, 0.7];

  test("draws classes as often as they are likely", () => {
    const drawn = random.categorical(key, tensor(p).log(), -1, [N]);
    expect([drawn.dtype, drawn.shape]).toEqual(["int32", [N]]);
    p.forEach((share, i) => {
      const found = list(drawn).filter((x) => x === i).length / N;
      expect(Math.abs(found - share)).toBeLessThanOrEqual(
        ROOM * Math.sqrt((share * (1 - share)) / N),
      );
    });
  });

  test("along any axis, and under vmap and compile", () => {
    const logits = tensor([
      [0, 50],
      [50, 0],
      [0, 50],
    ]);
    expect(list(random.categorical(key, logits))).toEqual([1, 0, 1]);
    expect(random.categorical(key, logits, 0).shape).toEqual([2]);
    const rows = vmap((row: Tensor) => random.categorical(key, row))(logits);
    expect(list(rows)).toEqual([1, 0, 1]);
    const compiled = compile((x: Tensor) => random.categorical(key, x, 1, [5]));
    expect(list(compiled(logits))).toEqual(list(random.categorical(key, logits, 1, [5])));
  });
});

describe("choice", () => {
  test("without putting back draws nothing twice, and every order alike", () => {
    const drawn = list(random.choice(key, 50, [50], { replace: false }));
    expect([...drawn].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    const firsts = Array.from({ length: 3000 }, (_, i) =>
      random.choice(random.foldIn(key, i), 3, [], { replace: false }).item(),
    );
    for (const i of [0, 1, 2]) {
      expect(firsts.filter((x) => x === i).length / 3000).toBeCloseTo(1 / 3, 1);
    }
  });

  test("weights count, with putting back and without", () => {
    const weights = tensor([1, 0, 3]);
    const drawn = list(random.choice(key, 3, [N], { weights }));
    expect(drawn.filter((x) => x === 1)).toEqual([]);
    const share = drawn.filter((x) => x === 2).length / N;
    expect(Math.abs(share - 0.75)).toBeLessThan(ROOM * Math.sqrt(0.1875 / N));
    const once = Array.from({ length: 4000 }, (_, i) =>
      list(
        random.choice(random.foldIn(key, i), 3, [2], {
          replace: false,
          weights: tensor([1, 1, 2]),
        }),
      ),
    );
    // P(2 first) = 1/2; P(2 second) = 2 (1/4)(2/3) = 1/3: as drawn one after the other.
    expect(once.filter(([first]) => first === 2).length / 4000).toBeCloseTo(1 / 2, 1);
    expect(once.filter(([, second]) => second === 2).length / 4000).toBeCloseTo(1 / 3, 1);
    expect(once.every(([first, second]) => first !== second)).toBe(true);
  });

  test("takes slices of a tensor along an axis", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const columns = random.choice(key, x, [2, 2], { axis: 1 });
    expect(columns.shape).toEqual([2, 2, 2]);
    const [top, bottom] = [list(columns.at(0)), list(columns.at(1))];
    expect(bottom).toEqual(top.map((v) => v + 3));
    const shuffled = random.permutation(key, x, 1);
    expect(list(shuffled.sub(x).sum(1))).toEqual([0, 0]);
    expect(list(shuffled.at(1).sub(shuffled.at(0)))).toEqual([3, 3, 3]);
  });
});

describe("refused", () => {
  const w = (...numbers: number[]) => ({ weights: tensor(numbers) });
  test.each<[string, () => unknown, string]>([
    [
      "too many",
      () => random.choice(key, 2, [3], { replace: false }),
      "at most 2 draws out of 2 without",
    ],
    ["nothing", () => random.choice(key, 0, [1]), "at most 0 draws out of 0, received 1"],
    [
      "weights below 0",
      () => random.choice(key, 2, [1], w(-1, 2)),
      "weights of 0 or more, received -1",
    ],
    [
      "no weight",
      () => random.choice(key, 2, [1], w(0, 0)),
      "at least 1 weights above 0, received 0",
    ],
    ["few weights", () => random.choice(key, 2, [1], w(1)), "weights of shape [2], received [1]"],
    [
      "gamma of 0",
      () => random.gamma(key, 0),
      "gamma: expected concentration to be a number above 0",
    ],
    ["gamma of [0]", () => random.gamma(key, tensor([1, 0])), "concentrations above 0, received 0"],
    [
      "gamma shape",
      () => random.gamma(key, tensor([1, 2]), [3]),
      "of shape [2] do not broadcast to [3]",
    ],
    ["dirichlet of a scalar", () => random.dirichlet(key, tensor(1)), "received a scalar"],
    [
      "poisson below 0",
      () => random.poisson(key, -1, []),
      "a number from 0 to 1000000000, received -1",
    ],
    [
      "rate 0",
      () => random.exponential(key, [], { rate: 0 }),
      "expected rate to be a number above 0",
    ],
    [
      "logits",
      () => random.categorical(key, tensor([1], "int32")),
      "categorical: expected float32",
    ],
    [
      "an axis",
      () => random.permutation(key, tensor([1]), 1),
      "permutation: axis 1 is out of range",
    ],
  ])("%s", (_, make, says) => {
    expect(make).toThrow(says);
  });
});
