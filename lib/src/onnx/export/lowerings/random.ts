// Random bits, the very bits of Neurite: Threefry-2x32 written out, as ONNX has no generator that is told.

import type { Lowering, Site } from "../site.ts";

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/** See ops/arithmetic/threefry.ts: key [..., 2] and stream [...] give words [..., ...shape]. */
export const randomBits: Lowering<"randomBits"> = (site, { inputs, params, outputs: [bits] }) => {
  const [key, stream] = inputs;
  const streams = site.dims(stream!);
  const words = params.shape.reduce((a, b) => a * b, 1);
  const pairs = Math.ceil(words / 2);
  const keys = site.whole(key!);
  const column = (name: string) => site.reshape(name, [...streams, 1]);
  const keyAt = (i: number) =>
    column(site.node("Gather", [keys, site.number(i, "int32")], { axis: -1 }));
  const counters = site.writer.small({
    type: "int32",
    dims: [pairs],
    data: Int32Array.from({ length: pairs }, (_, i) => i),
  });
  const [x, y] = threefry(site, [keyAt(0), keyAt(1)], counters, column(site.whole(stream!)));
  const apart = [x, y].map((name) => site.node("Unsqueeze", [name, site.ints([-1])]));
  const both = site.node("Concat", apart, { axis: -1 });
  const row = site.reshape(both, [...streams, 2 * pairs]);
  const axis = site.ints([streams.length]);
  const even = site.node("Slice", [row, site.ints([0]), site.ints([words]), axis]);
  site.set(bits!, site.reshape(even, site.dims(bits!)));
};

function threefry(
  site: Site,
  [key0, key1]: readonly [string, string],
  counter0: string,
  counter1: string,
): readonly [string, string] {
  const add = (a: string, b: string) => site.node("Add", [a, b]);
  const xor = (a: string, b: string) => site.node("BitwiseXor", [a, b]);
  const number = (n: number) => site.number(n, "int32");
  const keys = [key0, key1, xor(number(PARITY), xor(key0, key1))] as const;
  // Both of one shape, [..., pairs].
  const zeros = site.node("Mul", [counter0, number(0)]);
  let x = add(counter0, keys[0]);
  let y = add(add(counter1, keys[1]), zeros);
  for (let round = 0; round < 20; round++) {
    x = add(x, y);
    y = xor(rotated(site, y, ROTATIONS[round % 8]!), x);
    if (round % 4 === 3) {
      const step = (round + 1) / 4;
      x = add(x, keys[step % 3]!);
      y = add(add(y, keys[(step + 1) % 3]!), number(step));
    }
  }
  return [x, y];
}

/** Bits move to the left, and those that fall out come in on the right; ONNX shifts unsigned numbers. */
function rotated(site: Site, name: string, bits: number): string {
  const word = site.cast(name, "uint32");
  const shift = (by: number, direction: "LEFT" | "RIGHT") => {
    const amount = site.cast(site.number(by, "int32"), "uint32");
    return site.node("BitShift", [word, amount], { direction });
  };
  const whole = site.node("BitwiseOr", [shift(bits, "LEFT"), shift(32 - bits, "RIGHT")]);
  return site.cast(whole, "int32");
}
