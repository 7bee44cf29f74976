// The twister against its authors' output, and NumPy's and Python's streams against the real ones.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Mt19937, NumpyRandom, PythonRandom } from "./mt19937.ts";

interface Ends {
  readonly first: number[];
  readonly last: number[];
}

interface Golden {
  readonly numpy: {
    readonly seed: number;
    readonly samples: Ends;
    readonly normals: Ends;
    readonly sampleAfterNormals: number;
  }[];
  readonly python: {
    readonly seed: number;
    readonly values: Ends;
    readonly shuffledOnce: number[];
    readonly shuffledTwice: number[];
    readonly shuffledMany: Ends;
  }[];
}

// Written by scripts/golden/mt19937.py.
const golden = JSON.parse(
  readFileSync(new URL("golden/mt19937.json", import.meta.url), "utf8"),
) as Golden;

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
const ends = (values: ArrayLike<number>): Ends => ({
  first: Array.from(values).slice(0, 5),
  last: Array.from(values).slice(-5),
});

describe("Mt19937", () => {
  it("gives the words of the authors' mt19937ar.out for the key 0x123 0x234 0x345 0x456", () => {
    const generator = Mt19937.fromArray([0x123, 0x234, 0x345, 0x456]);
    const words = draw(1000, () => generator.word());
    expect(ends(words)).toEqual({
      first: [1067595299, 955945823, 477289528, 4107218783, 4228976476],
      last: [2643151863, 3896204135, 2416995901, 1397735321, 3460025646],
    });
  });

  it("gives the 10,000th word that the C++ standard asks for", () => {
    const generator = Mt19937.fromSeed(5489);
    expect(draw(10_000, () => generator.word()).at(-1)).toBe(4123659995);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])("refuses the seed %s", (seed) => {
    expect(() => Mt19937.fromSeed(seed)).toThrow(
      `MT19937: expected a seed of 0 to 4294967295, received ${seed}`,
    );
  });

  it("refuses an empty key and words that are too long", () => {
    expect(() => Mt19937.fromArray([])).toThrow("received []");
    expect(() => Mt19937.fromArray([1, 2 ** 32])).toThrow("received [1,4294967296]");
  });
});

describe.each(golden.numpy)("NumpyRandom($seed)", ({ seed, samples, ...expected }) => {
  it("gives NumPy's random_sample to the bit", () => {
    const random = new NumpyRandom(seed);
    expect(ends(draw(1000, () => random.randomSample()))).toEqual(samples);
  });

  it("gives NumPy's randn, second of the pair first, up to the last place of the logarithm", () => {
    const random = new NumpyRandom(seed);
    const normals = ends(random.randnArray(1001));
    for (const end of ["first", "last"] as const) {
      normals[end].forEach((value, i) => {
        const exact = expected.normals[end][i]!;
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(4e-16 * Math.abs(exact));
      });
    }
    expect(random.randomSample()).toBe(expected.sampleAfterNormals);
  });
});

describe.each(golden.python)("PythonRandom($seed)", ({ seed, values, ...expected }) => {
  it("gives Python's random to the bit", () => {
    const random = new PythonRandom(seed);
    expect(ends(draw(1000, () => random.random()))).toEqual(values);
  });

  it("shuffles as Python 2 does, and goes on from there", () => {
    const random = new PythonRandom(seed);
    const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(random.shuffle(ten)).toEqual(expected.shuffledOnce);
    expect(random.shuffle(ten)).toEqual(expected.shuffledTwice);
    expect(ends(random.shuffle(Int32Array.from({ length: 50_000 }, (_, i) => i)))).toEqual(
      expected.shuffledMany,
    );
  });
});

it("PythonRandom refuses a seed that is not whole", () => {
  expect(() => new PythonRandom(1.5)).toThrow(
    "PythonRandom: expected a whole number as seed, received 1.5",
  );
});
