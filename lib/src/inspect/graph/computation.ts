// A computation of numbers as a table: operation by operation, what each gives at a point and how it
// changes with each of its operands. Forward mode, reverse mode and paths are read off such a table.

/** An operand of an operation, with the derivative of the operation by it. */
export interface ComputationOperand {
  /** The name of an input or of an earlier operation; of a constant, its numeral. */
  readonly name: string;
  readonly kind: "input" | "operation" | "constant";
  readonly value: number;
  /** The local derivative as a formula of the operands; null for a constant, and where none is known. */
  readonly slope: string | null;
  /** Its value at the point; null for a constant. */
  readonly derivative: number | null;
}

/** One line: `h2 = h1 + b`, with its value. */
export interface ComputationOperation {
  readonly name: string;
  readonly formula: string;
  /** The same written out in terms of the inputs, where that is known. */
  readonly text: string;
  readonly value: number;
  readonly operands: readonly ComputationOperand[];
}

/** A number with a name. */
export interface NamedNumber {
  readonly name: string;
  readonly value: number;
}

/** What a computation gives: the value of an input, an operation or a constant. */
export interface ComputationOutput extends NamedNumber {
  /** The input or operation that it is; null for a constant. */
  readonly source: string | null;
}

/** Operations in the order of evaluation: each reads inputs and those before it. */
export interface Computation {
  readonly inputs: readonly NamedNumber[];
  readonly operations: readonly ComputationOperation[];
  readonly outputs: readonly ComputationOutput[];
  /** Where the point lies outside of a domain, on a corner, or a number is not finite: sentences. */
  readonly notes: readonly string[];
}
