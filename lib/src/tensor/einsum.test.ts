// einsum against the definition: a sum over every letter that the result does not name.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arange, einsum, grad, type Tensor, tensor } from "../index.ts";
import {
  build,
  element,
  expectClose,
  indicesOf,
  type Model,
  sample,
  tensorOf,
} from "./naive.testing.ts";

const LETTERS = ["i", "j", "k", "B"];

interface Case {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
  readonly sizes: Readonly<Record<string, number>>;
}

const term = fc.array(fc.constantFrom(...LETTERS), { maxLength: 3 });
const cases: fc.Arbitrary<Case> = fc
  .record({
    inputs: fc.array(term, { minLength: 1, maxLength: 3 }),
    lengths: fc.tuple(...LETTERS.map(() => fc.integer({ min: 0, max: 3 }))),
  })
  .chain(({ inputs, lengths }) =>
    fc.record({
      inputs: fc.constant(inputs),
      output: fc.shuffledSubarray([...new Set(inputs.flat())]),
      sizes: fc.constant(Object.fromEntries(LETTERS.map((letter, i) => [letter, lengths[i]!]))),
    }),
  );

function naive({ inputs, output, sizes }: Case, operands: readonly Model[]): Model {
  const letters = [...new Set(inputs.flat())];
  const assignments = indicesOf(letters.map((letter) => sizes[letter]!));
  return build(
    output.map((letter) => sizes[letter]!),
    (index) => {
      let total = 0;
      for (const assignment of assignments) {
        const at = (letter: string) => assignment[letters.indexOf(letter)]!;
        if (output.some((letter, axis) => at(letter) !== index[axis])) continue;
        total += operands.reduce((p, x, i) => p * element(x, inputs[i]!.map(at)), 1);
      }
      return total;
    },
  );
}

const equationOf = ({ inputs, output }: Case) =>
  `${inputs.map((letters) => letters.join("")).join(",")}->${output.join("")}`;

test("any equation: products, sums, diagonals, shared axes, one to three operands", () => {
  fc.assert(
    fc.property(cases, (setting) => {
      const models = setting.inputs.map((letters, i) =>
        sample(
          letters.map((letter) => setting.sizes[letter]!),
          i + 1,
        ),
      );
      const tensors = models.map((model) => tensorOf(model));
      const expected = naive(setting, models);
      expectClose(einsum(equationOf(setting), ...tensors), expected, 1e-10);
    }),
    { seed: 13, numRuns: 300 },
  );
});

describe("the usual ones", () => {
  const a = tensorOf(sample([2, 3], 1));
  const b = tensorOf(sample([3, 4], 2));

  test("matrix product, transpose, trace, outer product, total", () => {
    expect(einsum("ij,jk->ik", a, b).toArray()).toEqual(a.matmul(b).toArray());
    expect(einsum("ij->ji", a).toArray()).toEqual(a.transpose().toArray());
    const square = arange(9).reshape([3, 3]);
    expect(einsum("ii", square).item()).toBe(12);
    expect(einsum("ii->i", square).toArray()).toEqual([0, 4, 8]);
    expect(einsum("i,j->ij", tensor([1, 2]), tensor([3, 4])).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
    expect(einsum("ij->", square).item()).toBe(36);
    expect(einsum(",->", tensor(3), tensor(5)).item()).toBe(15);
  });

  test("without an arrow the result has the letters that occur once, in order", () => {
    expect(einsum("ji", a).toArray()).toEqual(a.transpose().toArray());
    expect(einsum("ij,jk", a, b).shape).toEqual([2, 4]);
    expect(einsum("kj,ji", a, b).shape).toEqual([4, 2]);
    expect(einsum(" i j , j k -> i k ", a, b).shape).toEqual([2, 4]);
  });

  test("attention: batches and heads", () => {
    const [q, k] = [tensorOf(sample([2, 3, 4, 5], 1)), tensorOf(sample([2, 3, 6, 5], 2))];
    const scores = einsum("bhqd,bhkd->bhqk", q, k);
    expectClose(q.matmul(k.transpose([0, 1, 3, 2])), {
      shape: scores.shape,
      data: Array.from(scores.data),
    });
  });
});

test("gradients of every operand: the sum is linear in each", () => {
  const operands = [sample([2, 3], 1), sample([3, 3, 2], 2), sample([2], 3)].map((x) =>
    tensorOf(x),
  );
  const loss = (xs: readonly Tensor[]) =>
    einsum("ij,jji,i->j", ...xs)
      .mul(tensorOf(sample([3], 4)))
      .sum();
  grad(loss)(operands).forEach((gradient, i) => {
    const along = gradient.mul(operands[i]!).sum();
    expect(along.item()).toBeCloseTo(loss(operands).item(), 9);
  });
});
