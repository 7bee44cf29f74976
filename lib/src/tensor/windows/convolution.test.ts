// Convolution and pooling against loops over windows; "same" as TensorFlow defines it.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as N from "../../index.ts";
import { grad, ones, type Tensor, tensor } from "../../index.ts";
import { build, element, expectClose, type Model, sample, tensorOf } from "../naive.testing.ts";

type Pair = readonly [number, number];

/** Rows or columns: how many windows there are, and how much padding goes before. */
interface Axis {
  readonly windows: number;
  readonly before: number;
}

/**
 * TensorFlow's rule. "same": as many windows as fit input / stride, rounded up; the padding that takes
 * is shared, the odd one at the end. "valid": the windows that lie inside.
 */
function axisOf(padding: string, length: number, span: number, stride: number): Axis {
  if (padding === "valid") {
    return { windows: Math.ceil((length - span + 1) / stride), before: 0 };
  }
  const windows = Math.ceil(length / stride);
  const needed =
    length % stride === 0 ? Math.max(span - stride, 0) : Math.max(span - (length % stride), 0);
  return { windows, before: Math.floor(needed / 2) };
}

interface Geometry {
  readonly padding: "valid" | "same";
  readonly strides: Pair;
  readonly dilation: Pair;
  readonly groups: number;
}

function convNaively(x: Model, kernel: Model, { padding, strides, dilation, groups }: Geometry) {
  const [n, h, w] = x.shape as [number, number, number];
  const [kh, kw, inner, out] = kernel.shape as [number, number, number, number];
  const rows = axisOf(padding, h, (kh - 1) * dilation[0] + 1, strides[0]);
  const columns = axisOf(padding, w, (kw - 1) * dilation[1] + 1, strides[1]);
  return build([n, rows.windows, columns.windows, out], ([image, row, column, channel]) => {
    const group = Math.floor(channel! / (out / groups));
    let total = 0;
    for (let i = 0; i < kh; i++) {
      for (let j = 0; j < kw; j++) {
        const y = row! * strides[0] + i * dilation[0] - rows.before;
        const z = column! * strides[1] + j * dilation[1] - columns.before;
        if (y < 0 || y >= h || z < 0 || z >= w) continue;
        for (let c = 0; c < inner; c++) {
          const pixel = element(x, [image!, y, z, group * inner + c]);
          total += pixel * element(kernel, [i, j, c, channel!]);
        }
      }
    }
    return total;
  });
}

const small = (max: number) => fc.integer({ min: 1, max });
const pair = fc.tuple(small(3), small(3));
const settings = fc.record({
  n: small(2),
  size: fc.tuple(fc.integer({ min: 5, max: 7 }), fc.integer({ min: 5, max: 7 })),
  window: pair,
  inner: small(2),
  out: small(2),
  geometry: fc.record({
    padding: fc.constantFrom("valid" as const, "same" as const),
    strides: pair,
    dilation: fc.tuple(small(2), small(2)),
    groups: small(2),
  }),
});

describe("convolve2d", () => {
  test("any geometry", () => {
    fc.assert(
      fc.property(settings, ({ n, size, window, inner, out, geometry }) => {
        const { groups } = geometry;
        const x = sample([n, ...size, inner * groups], 1);
        const kernel = sample([...window, inner, out * groups], 2);
        const received = N.convolve2d(tensorOf(x), tensorOf(kernel), geometry);
        expectClose(received, convNaively(x, kernel, geometry), 1e-11);
      }),
      { seed: 31, numRuns: 150 },
    );
  });

  test('"same" pads an even kernel at the end, as TensorFlow does', () => {
    const x = tensor([1, 2, 3, 4]).reshape([1, 1, 4, 1]);
    const kernel = ones([1, 2, 1, 1]);
    const same = (strides: number) => N.convolve2d(x, kernel, { padding: "same", strides }).data;
    expect([...same(1)]).toEqual([3, 5, 7, 4]);
    expect([...same(2)]).toEqual([3, 7]);
    expect([...same(3)]).toEqual([3, 4]);
  });

  test("padding side by side: [[top, bottom], [left, right]]", () => {
    const y = N.convolve2d(ones([1, 2, 2, 1]), ones([1, 1, 1, 1]), {
      padding: [
        [1, 0],
        [0, 2],
      ],
    });
    expect(y.reshape([3, 4]).toArray()).toEqual([
      [0, 0, 0, 0],
      [1, 1, 0, 0],
      [1, 1, 0, 0],
    ]);
  });

  test("is cross-correlation: the kernel is not turned around", () => {
    const x = tensor([0, 0, 1, 0, 0]).reshape([1, 5, 1]);
    const y = N.convolve1d(x, tensor([1, 2, 3]).reshape([3, 1, 1]));
    expect(y.flatten().toArray()).toEqual([3, 2, 1]);
  });
});

describe("convolve1d", () => {
  test("is convolve2d of one row", () => {
    const x = sample([2, 7, 3], 1);
    const kernel = sample([3, 3, 4], 2);
    for (const padding of ["valid", "same"] as const) {
      for (const [stride, dilation] of [
        [1, 1],
        [2, 1],
        [1, 2],
      ] as const) {
        const expected = convNaively(
          { shape: [2, 1, 7, 3], data: x.data },
          { shape: [1, 3, 3, 4], data: kernel.data },
          { padding, strides: [1, stride], dilation: [1, dilation], groups: 1 },
        );
        const received = N.convolve1d(tensorOf(x), tensorOf(kernel), { padding, stride, dilation });
        expectClose(received, { ...expected, shape: expected.shape.toSpliced(1, 1) });
      }
    }
  });

  test("padding in front only makes it causal", () => {
    const x = tensor([1, 2, 3]).reshape([1, 3, 1]);
    const y = N.convolve1d(x, ones([2, 1, 1]), { padding: [1, 0] });
    expect(y.flatten().toArray()).toEqual([1, 3, 5]);
  });
});

describe("convolve2dTranspose", () => {
  test("is the transpose of convolve2d: <conv(x), y> = <x, convTranspose(y)>", () => {
    const setting = fc.record({
      window: pair,
      strides: pair,
      dilation: fc.tuple(small(2), small(2)),
      padding: fc.constantFrom("valid" as const, "same" as const),
      size: fc.tuple(small(4), small(4)),
    });
    fc.assert(
      fc.property(setting, ({ window, strides, dilation, padding, size }) => {
        const y = tensorOf(sample([2, ...size, 3], 1));
        const kernel = tensorOf(sample([...window, 2, 3], 2)); // [kh, kw, out, in]
        const options = { strides, padding, dilation };
        const up = N.convolve2dTranspose(y, kernel, options);
        const expected = size.map((length, i) => {
          const span = (window[i]! - 1) * dilation[i]! + 1;
          return length * strides[i]! + (padding === "same" ? 0 : Math.max(span - strides[i]!, 0));
        });
        expect(up.shape).toEqual([2, ...expected, 2]);
        const x = tensorOf(sample(up.shape, 3));
        const down = N.convolve2d(x, kernel, options);
        expect(down.shape).toEqual(y.shape);
        const [left, right] = [down.mul(y).sum().item(), x.mul(up).sum().item()];
        expect(left).toBeCloseTo(right, 8);
      }),
      { seed: 37, numRuns: 100 },
    );
  });

  test("enlarges by copying the kernel", () => {
    const y = tensor([[1, 10]]).reshape([1, 1, 2, 1]);
    const kernel = tensor([[1, 2, 3]]).reshape([1, 3, 1, 1]);
    const up = N.convolve2dTranspose(y, kernel, { strides: [1, 2] });
    expect(up.flatten().toArray()).toEqual([1, 2, 13, 20, 30]);
  });
});

describe("pooling", () => {
  const poolNaively = (
    x: Model,
    window: Pair,
    strides: Pair,
    padding: string,
    f: (elements: number[]) => number,
  ): Model => {
    const [n, h, w, c] = x.shape as [number, number, number, number];
    const rows = axisOf(padding, h, window[0], strides[0]);
    const columns = axisOf(padding, w, window[1], strides[1]);
    return build([n, rows.windows, columns.windows, c], ([image, row, column, channel]) => {
      const elements: number[] = [];
      for (let i = 0; i < window[0]; i++) {
        for (let j = 0; j < window[1]; j++) {
          const [y, z] = [
            row! * strides[0] + i - rows.before,
            column! * strides[1] + j - columns.before,
          ];
          if (y >= 0 && y < h && z >= 0 && z < w) {
            elements.push(element(x, [image!, y, z, channel!]));
          }
        }
      }
      return f(elements);
    });
  };

  test("maxPool and avgPool of any geometry; padding is not counted", () => {
    const setting = fc.record({
      window: pair,
      strides: pair,
      padding: fc.constantFrom("valid" as const, "same" as const),
      size: fc.tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 6 })),
    });
    fc.assert(
      fc.property(setting, ({ window, strides, padding, size }) => {
        const x = sample([2, ...size, 2]);
        const options = { strides, padding };
        const naive = (f: (elements: number[]) => number) =>
          poolNaively(x, window, strides, padding, f);
        expectClose(
          N.maxPool(tensorOf(x), window, options),
          naive((all) => Math.max(...all)),
        );
        expectClose(
          N.avgPool(tensorOf(x), window, options),
          naive((all) => all.reduce((a, b) => a + b) / all.length),
        );
      }),
      { seed: 41, numRuns: 100 },
    );
  });

  test("strides are the window's size by default", () => {
    const x = tensorOf(sample([1, 4, 6, 1]));
    expect(N.maxPool(x, 2).shape).toEqual([1, 2, 3, 1]);
    expect(N.avgPool(x, [4, 3]).shape).toEqual([1, 1, 2, 1]);
  });

  test("the average of whole numbers is a float", () => {
    const x = tensor([1, 2, 2, 2], "int32").reshape([1, 2, 2, 1]);
    expect(N.avgPool(x, 2).item()).toBe(1.75);
  });

  test("gradients: all of it to the first maximum, an even share to each of an average", () => {
    const x = tensor([1, 3, 3, 2]).reshape([1, 2, 2, 1]);
    const slope = (f: (y: Tensor) => Tensor) =>
      grad((y: Tensor) => f(y).sum())(x)
        .flatten()
        .toArray();
    expect(slope((y) => N.maxPool(y, 2))).toEqual([0, 1, 0, 0]);
    expect(slope((y) => N.avgPool(y, 2))).toEqual([0.25, 0.25, 0.25, 0.25]);
    // 2 x 2 windows at every pixel: the last ones hold 2, 2 and 1 pixels.
    const same = (y: Tensor) => N.avgPool(y, 2, { strides: 1, padding: "same" });
    expect(slope(same)).toEqual([0.25, 0.75, 0.75, 2.25]);
  });
});
