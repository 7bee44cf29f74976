// Whole numbers of 64 bits and without a sign: exact, or refused where they leave what holds them.

import "../../tensor/methods.ts";
import { describe, expect, it } from "vitest";
import { fromData, tensor } from "../../index.ts";
import { OnnxError } from "./core/errors.ts";
import { importOnnx } from "./import.ts";
import { initializer, modelOf, node, port } from "./models.testing.ts";

const [FLOAT, INT32, INT64, UINT32] = [1, 6, 7, 12];
const whole = (...numbers: number[]) => tensor(numbers, "int32");

/** One node with x, and perhaps constants, as its inputs. */
const one = (n: ReturnType<typeof node>, from = INT64, to = from, init: unknown[] = []) =>
  importOnnx(
    modelOf({
      node: [n],
      initializer: init as never,
      input: [port("x", null, from)],
      output: [port("y", null, to)],
    }),
  );
const unsigned = (name: string, ...numbers: number[]) => ({
  ...{ name, dims: [BigInt(numbers.length)], dataType: UINT32, uint64Data: numbers.map(BigInt) },
});

describe("int64", () => {
  const product = one(node("Mul", ["x", "x"], ["y"], {}, { name: "far" }));
  it.each(["run", "apply"] as const)(
    "is refused where %s() leaves 32 bits, by the node's name",
    (how) => {
      expect([...product[how]({ x: whole(46340, -3) })["y"]!.data]).toEqual([2147395600, 9]);
      const call = () => product[how]({ x: whole(1, 46341) });
      expect(call).toThrow(OnnxError);
      expect(call).toThrow('Mul "far": a number of the result is beyond int32');
    },
  );

  it.each<[string, ReturnType<typeof node>, number[], number[] | null]>([
    ["a sum", node("ReduceSum", ["x"], ["y"]), [2 ** 30, 2 ** 30 - 1], [2 ** 31 - 1]],
    ["a sum too far", node("ReduceSum", ["x"], ["y"]), [2 ** 30, 2 ** 30], null],
    ["a power", node("Pow", ["x", "x"], ["y"]), [9, 3], [9 ** 9, 27]],
    ["a power too far", node("Pow", ["x", "x"], ["y"]), [10], null],
    ["the least number turned", node("Neg", ["x"], ["y"]), [-(2 ** 31)], null],
    ["a running sum", node("CumSum", ["x", "zero"], ["y"]), [2 ** 31 - 1, 1], null],
    [
      "bits to the left",
      node("BitShift", ["x", "thirty"], ["y"], { direction: "LEFT" }),
      [1],
      [2 ** 30],
    ],
    ["bits too far", node("BitShift", ["x", "thirty"], ["y"], { direction: "LEFT" }), [2], null],
    [
      "bits to the right",
      node("BitShift", ["x", "thirty"], ["y"], { direction: "RIGHT" }),
      [-5, 2 ** 30],
      [-1, 1],
    ],
  ])("is exact or refused: %s", (_, n, x, expected) => {
    const model = one(n, INT64, INT64, [
      initializer("zero", [], [0], true),
      initializer("thirty", [1], [30], true),
    ]);
    for (const how of ["run", "apply"] as const) {
      const call = () => [...model[how]({ x: whole(...x) })["y"]!.data];
      if (expected) expect(call().slice(0, expected.length)).toEqual(expected);
      else expect(call).toThrow("beyond int32");
    }
  });

  it("is looked at where floats become int64", () => {
    const cast = one(node("Cast", ["x"], ["y"], { to: INT64 }), FLOAT, INT64);
    expect([...cast.run({ x: tensor([-2.7, 2147483520]) })["y"]!.data]).toEqual([-2, 2147483520]);
    expect(() => cast.run({ x: tensor([2147483648]) })).toThrow("Cast: a number");
    // Of what int64 has not either, ONNX says nothing.
    expect(cast.run({ x: tensor([Number.NaN, Infinity]) })["y"]!.size).toBe(2);
  });

  it("is looked at on the way of shapes, and in constants", () => {
    const shape = (factor: number) =>
      importOnnx(
        modelOf({
          node: [node("Shape", ["x"], ["s"]), node("Mul", ["s", "k"], ["y"])],
          initializer: [initializer("k", [1], [factor], true)],
          input: [port("x", null)],
          output: [port("y", null, INT64)],
        }),
      );
    const x = tensor([1, 2, 3]);
    expect([...shape(700_000_000).run({ x })["y"]!.data]).toEqual([2_100_000_000]);
    expect(() => shape(800_000_000).run({ x })).toThrow("Mul: a number");
    const constant = (value: number) => one(node("Constant", [], ["y"], { value_int: value }));
    expect(() => constant(2 ** 40).run({ x: whole(0) })).toThrow("1099511627776 is beyond int32");
    expect(
      constant(2 ** 63 - 1024)
        .run({ x: whole(0) })
        ["y"]!.item(),
    ).toBe(2 ** 31 - 1);
  });

  it("leaves int32 to wrap, as ONNX has it", () => {
    const model = one(node("Mul", ["x", "x"], ["y"]), INT32);
    expect([...model.run({ x: whole(65537) })["y"]!.data]).toEqual([131073]);
  });
});

describe("uint32", () => {
  const far = 2 ** 32 - 1;
  const parts: [string, ReturnType<typeof node>[], number[]][] = [
    ["sums that wrap", [node("Add", ["x", "k"], ["u"])], [0, 1, 4]],
    [
      "bits to the right",
      [node("BitShift", ["k", "two"], ["u"], { direction: "RIGHT" })],
      [2 ** 30 - 1, 2 ** 30 - 1, 1],
    ],
    [
      "bits to the left",
      [node("BitShift", ["k", "two"], ["u"], { direction: "LEFT" })],
      [far - 3, far - 3, 16],
    ],
    [
      "bits together",
      [
        node("BitwiseXor", ["k", "x"], ["v"]),
        node("BitwiseNot", ["v"], ["w"]),
        node("BitwiseAnd", ["w", "k"], ["u"]),
      ],
      [1, 2, 0],
    ],
  ];
  it.each(parts)("has %s", (_, nodes, expected) => {
    const model = importOnnx(
      modelOf({
        node: [...nodes, node("Cast", ["u"], ["y"], { to: 11 })],
        initializer: [unsigned("k", far, far, 4), unsigned("two", 2)] as never,
        input: [port("x", null, UINT32)],
        output: [port("y", null, 11)],
      }),
    );
    for (const how of ["run", "apply"] as const) {
      expect([...model[how]({ x: whole(1, 2, 0) })["y"]!.data]).toEqual(expected);
    }
  });

  it("is ordered without a sign, and becomes and comes of floats", () => {
    const model = importOnnx(
      modelOf({
        node: [
          node("Cast", ["x"], ["u"], { to: UINT32 }),
          node("Less", ["u", "k"], ["less"]),
          node("Cast", ["u"], ["y"], { to: FLOAT }),
        ],
        initializer: [unsigned("k", 3_000_000_000)] as never,
        input: [port("x", null)],
        output: [port("less", null, 9), port("y", null)],
      }),
    );
    const { less, y } = model.run({ x: tensor([7.9, 2_500_000_000, 4_000_000_000]) });
    expect([...less!.data]).toEqual([1, 1, 0]);
    expect([...y!.data]).toEqual([7, 2_500_000_000, 4_000_000_000]);
  });

  it("is refused by name where its ops are not covered, and where it goes out too large", () => {
    const div = one(node("Div", ["x", "x"], ["y"]), UINT32);
    expect(() => div.run({ x: whole(1) })).toThrow("Div: elements of uint32 are not covered here");
    const out = one(node("Add", ["x", "k"], ["y"]), UINT32, UINT32, [unsigned("k", 2 ** 31)]);
    expect(() => out.run({ x: whole(1) })).toThrow(
      "output y: a number of the result is beyond int32",
    );
    expect(() => out.run({ x: whole(-1) })).toThrow('input "x" is uint32, received -1');
    const cast = one(node("Cast", ["x"], ["y"], { to: INT64 }), UINT32, INT64);
    expect(cast.run({ x: fromData(Int32Array.of(5), [1], "int32") })["y"]!.item()).toBe(5);
  });
});
