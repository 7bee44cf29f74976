// Nielsen, chapter 1: NAND is enough for any circuit. A half adder out of perceptrons, or a circuit of one's own.

import { ArgumentError } from "../../../checks/errors.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  countedWithin,
  experimentPoint,
  naturals,
  type Parameters,
} from "../../shared/parameters.ts";
import { fire, GATES, type Perceptron } from "./perceptron.ts";

/** NAND gates in the order in which they fire. Wires 0, 1 ... are the inputs, the next the gates' outputs. */
export interface Circuit {
  readonly inputs: number;
  /** The two wires that each gate reads, gate after gate. */
  readonly wires: readonly number[];
  /** The wires that are read at the end. */
  readonly outputs: readonly number[];
}

/** All settings of some bits in binary order. */
export function bitRows(bits: number): number[][] {
  return Array.from({ length: 2 ** bits }, (_, row) =>
    Array.from({ length: bits }, (_, k) => (row >> (bits - 1 - k)) & 1),
  );
}

/** @throws ArgumentError for gates that read a wire which no earlier gate drives */
export function expectCircuit({ inputs, wires, outputs }: Circuit): void {
  if (wires.length % 2 !== 0) {
    throw new ArgumentError(
      `half-adder: expected two wires for each gate, received ${wires.length} wires`,
    );
  }
  wires.forEach((wire, i) => {
    const known = inputs + Math.floor(i / 2);
    if (wire < known) return;
    throw new ArgumentError(
      `half-adder: gate ${Math.floor(i / 2) + 1} can read wires 0 to ${known - 1}, which are driven ` +
        `before it; received ${wire}`,
    );
  });
  const last = inputs + wires.length / 2 - 1;
  const beyond = outputs.find((wire) => wire > last);
  if (beyond !== undefined) {
    throw new ArgumentError(`half-adder: the last wire is ${last}, received the output ${beyond}`);
  }
}

/** What a circuit answers to some bits, each gate a perceptron. */
export function answersOf(
  { wires, outputs }: Circuit,
  bits: readonly number[],
  gate: Perceptron = GATES.nand,
): number[] {
  const values = [...bits];
  for (let i = 0; i < wires.length; i += 2) {
    values.push(fire(gate, [values[wires[i]!]!, values[wires[i + 1]!]!]));
  }
  return outputs.map((wire) => values[wire]!);
}

/** The book's point: five gates, whose outputs are the sum and the carry. */
export const PARAMETERS: Parameters<Circuit> = {
  inputs: countedWithin("input bits, the first wires", 2, [1, 8]),
  wires: naturals("the two wires that each NAND gate reads", [0, 1, 0, 2, 1, 2, 3, 4, 2, 2]),
  outputs: naturals("the wires that are read at the end", [5, 6]),
};

const NAND =
  "Each gate is the perceptron with weights -2, -2 and bias 3. The last one reads one wire twice: in the book " +
  "it may as well be one input of weight -4.";

/** The truth table of the circuit, a row a claim, beside what addition says. */
export function claims(given: Partial<Circuit> = {}): Claim[] {
  const circuit = experimentPoint("half-adder", PARAMETERS, given);
  expectCircuit(circuit);
  const isHalfAdder = circuit.inputs === 2 && circuit.outputs.length === 2;
  const rows = bitRows(circuit.inputs).map((bits) => {
    const [a, b] = bits;
    const expected = isHalfAdder ? `${a! ^ b!} ${a! & b!}` : "none";
    return claim(
      `${bits.join(" ")}: ${isHalfAdder ? "sum and carry" : "outputs"}`,
      expected,
      answersOf(circuit, bits).join(" "),
      0,
      NAND,
    );
  });
  const doubled = answersOf({ inputs: 2, wires: [0, 0], outputs: [2] }, [1, 0]);
  const single = fire({ weights: [-4], bias: 3 }, [1]);
  return [
    ...rows,
    claim("NAND of one wire twice, and one input of weight -4", `${single}`, `${doubled[0]}`, 0),
    claim("perceptrons", 5, circuit.wires.length / 2, 0),
  ];
}
