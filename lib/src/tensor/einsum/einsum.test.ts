// einsum against the definition: a sum over every letter that the result does not name.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arange, compile, einsum, grad, type Tensor, tensor, zeros } from "../../index.ts";
import {
  build,
  element,
  expectClose,
  indicesOf,
  type Model,
  sample,
  tensorOf,
} from "../naive.testing.ts";

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

describe("...", () => {
  test("stacks of matrices broadcast, as matmul has them", () => {
    const [a, b] = [tensorOf(sample([5, 1, 2, 3], 1)), tensorOf(sample([4, 3, 2], 2))];
    const [shape, right] = [[5, 4, 2, 2], a.matmul(b)];
    for (const equation of ["...ij,...jk->...ik", " ... ij , ... jk -> ... ik ", "...ij,...jk"]) {
      const product = einsum(equation, a, b);
      expect(product.shape).toEqual(shape);
      expectClose(product, { shape, data: Array.from(right.data) });
    }
    const compiled = compile((x: Tensor, y: Tensor) => einsum("...ij,...jk->...ik", x, y));
    expect(compiled(a, b).shape).toEqual(shape);
    expectClose(compiled(a, b), { shape, data: Array.from(right.data) });
  });

  const x = tensorOf(sample([2, 3, 4], 1));

  test.each<[string, Tensor]>([
    ["...->...", x],
    ["...k->...", x.sum(2)],
    ["i...->...", x.sum(0)],
    ["i...k->...", x.sum([0, 2])],
    ["i...k->k...i", x.transpose([2, 1, 0])],
    ["ij...->...ji", x.transpose([2, 1, 0])],
    ["...", x],
    ["b...a", x.transpose([1, 2, 0])],
    ["ijk...->...i", x.sum([1, 2])],
    ["ijk->...kj", x.sum(0).transpose()],
  ])("%s of one operand", (equation, right) => {
    const received = einsum(equation, x);
    expect(received.shape).toEqual(right.shape);
    expectClose(received, { shape: received.shape, data: Array.from(right.data) });
  });

  test("diagonals, numbers, lengths of 1 and 0", () => {
    const square = arange(18).reshape([2, 3, 3]);
    expect(einsum("...ii->...i", square).toArray()).toEqual([
      [0, 4, 8],
      [9, 13, 17],
    ]);
    expect(einsum("...ii", square).toArray()).toEqual([12, 39]);
    expect(einsum("...,...->...", tensor(3), tensor([1, 2])).toArray()).toEqual([3, 6]);
    expect(einsum("...,...", tensor([[1], [2]]), tensor([3, 4])).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
    expect(einsum("...,...->...", zeros([0, 1]), zeros([1, 3])).shape).toEqual([0, 3]);
    const three = [tensor([1, 2]), tensor([[1], [10]]), tensor([[[2]]])];
    expect(einsum("...,...,...", ...three).toArray()).toEqual([
      [
        [2, 4],
        [20, 40],
      ],
    ]);
  });

  test("gradients go to what was stretched", () => {
    const [a, b] = [tensor([[1], [2]]), tensor([3, 4])];
    const [da, db] = grad((p: readonly Tensor[]) => einsum("...,...->...", p[0]!, p[1]!).sum())([
      a,
      b,
    ]);
    expect(da!.toArray()).toEqual([[7], [7]]);
    expect(db!.toArray()).toEqual([3, 3]);
  });

  test("what does not fit is refused", () => {
    const [a, b] = [zeros([2, 3]), zeros([4, 3])];
    const says = (equation: string, ...xs: Tensor[]) => expect(() => einsum(equation, ...xs));
    says("...i,...i->...", a, b).toThrow('einsum: axes that "..." stands for have lengths 2 and 4');
    says("...i->i", a).toThrow(
      'einsum: the result "i" of "...i->i" lacks the axes that "..." stands',
    );
    says("...ijk->...", a).toThrow('einsum: "...ijk" does not name the axes of [2, 3]');
    says("...i...->...", a).toThrow("is not an equation");
    says("..i->i", a).toThrow("is not an equation");
    says("...i->...ii", a).toThrow('the result "...ii" of "...i->...ii" names an axis twice');
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
