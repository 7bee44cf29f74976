import { describe, expect, it } from "vitest";
import { answersOf, claims } from "./half-adder.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

describe("a circuit of one's own", () => {
  it("is a truth table, row by row", () => {
    // NAND of a wire with itself is NOT; of two NOTs, OR.
    const or = claims({ wires: [0, 0, 1, 1, 2, 3], outputs: [4] });
    expect(or.slice(0, 4).map(({ actual }) => actual)).toEqual(["0", "1", "1", "1"]);
    const two = claims({ inputs: 3, wires: [1, 2], outputs: [3, 0] });
    expect(
      two
        .slice(0, 8)
        .map(({ actual }) => actual)
        .join(),
    ).toBe("1 0,1 0,1 0,0 0,1 1,1 1,1 1,0 1");
  });
  it("may have other gates", () => {
    const and = { weights: [2, 2], bias: -3 };
    const circuit = { inputs: 2, wires: [0, 1], outputs: [2] };
    expect(answersOf(circuit, [1, 1], and)).toEqual([1]);
    expect(answersOf(circuit, [1, 0], and)).toEqual([0]);
  });
  it.each([
    [{ wires: [0, 1, 2] }, "two wires for each gate, received 3"],
    [
      { wires: [0, 1, 3, 0] },
      "gate 2 can read wires 0 to 2, which are driven before it; received 3",
    ],
    [{ outputs: [7] }, "the last wire is 6, received the output 7"],
    [{ inputs: 9 }, "from 1 to 8"],
  ])("is refused: %o", (point, why) => {
    expect(() => claims(point)).toThrow(why);
  });
});
