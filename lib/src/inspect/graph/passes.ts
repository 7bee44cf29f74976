// Forward and reverse mode, move by move: what each pass knows after each operation. Forward mode needs a
// pass for each input, reverse mode one for each output (NNDL section 4.5, the two modes of the chain rule).

import { expectArgument, index } from "../../checks/arguments.ts";
import type { Computation, ComputationOperand, NamedNumber } from "./computation.ts";
import { computationKind } from "./kinds.ts";

/** One product of the chain rule, at one edge. */
export interface ChainTerm {
  readonly operand: string;
  /** The local derivative. */
  readonly derivative: number;
  /** What it is multiplied with: a tangent of the operand, or the adjoint of the operation. */
  readonly factor: number;
  readonly product: number;
  /** The sum so far of what arrives there. */
  readonly total: number;
}

/** What happens at one operation. */
export interface PassMove {
  readonly operation: string;
  /** Forward: what its tangent becomes. Reverse: its adjoint, which is complete by now. */
  readonly value: number;
  readonly terms: readonly ChainTerm[];
}

/** One pass over all operations. */
export interface ChainPass {
  readonly mode: "forward" | "reverse";
  /** The input of which tangents are followed, or the output of which adjoints are. */
  readonly of: string;
  /** Where the pass starts, with 1. Null where it starts nowhere: at an output that is a constant. */
  readonly seed: string | null;
  readonly moves: readonly PassMove[];
  /** The derivatives that the pass finds: of each output (forward) or by each input (reverse). */
  readonly derivatives: readonly NamedNumber[];
}

/**
 * Forward mode: for each input a pass, in which the tangent of every operation follows from those of its
 * operands. What does not depend on the input has the tangent 0.
 */
export function forwardPasses(computation: Computation): ChainPass[] {
  expectArgument("forwardPasses", "computation", computation, computationKind);
  return computation.inputs.map(({ name }) => {
    const tangents = new Map([[name, 1]]); // of what depends on the input
    const moves = computation.operations.map((operation): PassMove => {
      let total = 0;
      const terms = variableOf(operation.operands).map((operand): ChainTerm => {
        const factor = tangents.get(operand.name);
        // What does not depend on the input adds 0, even where the local derivative is infinite.
        const product = factor === undefined ? 0 : operand.derivative * factor;
        total += product;
        const { derivative } = operand;
        return { operand: operand.name, derivative, factor: factor ?? 0, product, total };
      });
      if (terms.some(({ operand }) => tangents.has(operand))) tangents.set(operation.name, total);
      return { operation: operation.name, value: total, terms };
    });
    const derivatives = computation.outputs.map((output) => {
      const value = output.source === null ? 0 : (tangents.get(output.source) ?? 0);
      return { name: output.name, value };
    });
    return { mode: "forward", of: name, seed: name, moves, derivatives };
  });
}

/**
 * Reverse mode: for each output a pass from the last operation to the first. An adjoint is the sum over
 * all operations that read the value. Operations that the output does not depend on are passed over.
 */
export function reversePasses(computation: Computation): ChainPass[] {
  expectArgument("reversePasses", "computation", computation, computationKind);
  return computation.outputs.map(({ name, source }) => {
    const adjoints = new Map(source === null ? [] : [[source, 1]]);
    const moves: PassMove[] = [];
    for (const operation of [...computation.operations].reverse()) {
      const factor = adjoints.get(operation.name);
      if (factor === undefined) continue;
      const terms = variableOf(operation.operands).map((operand): ChainTerm => {
        const { derivative } = operand;
        const product = factor * derivative;
        const before = adjoints.get(operand.name);
        const total = before === undefined ? product : before + product;
        adjoints.set(operand.name, total);
        return { operand: operand.name, derivative, factor, product, total };
      });
      moves.push({ operation: operation.name, value: factor, terms });
    }
    const derivatives = computation.inputs.map((input) => {
      return { name: input.name, value: adjoints.get(input.name) ?? 0 };
    });
    return { mode: "reverse", of: name, seed: source, moves, derivatives };
  });
}

/**
 * What a pass knows of every input and operation after some of its moves: tangents or adjoints, and null
 * where nothing has arrived yet. 0 is a derivative too, and not the same as none.
 * @param moves how many, from 0 to `pass.moves.length`
 */
export function knownAfter(
  computation: Computation,
  pass: ChainPass,
  moves: number,
): Map<string, number | null> {
  expectArgument("knownAfter", "computation", computation, computationKind);
  expectArgument("knownAfter", "moves", moves, index);
  const names = [...computation.inputs, ...computation.operations].map(({ name }) => name);
  const known = new Map<string, number | null>(names.map((name) => [name, null]));
  // The seeds of forward mode: 1 for one input, 0 for the others.
  if (pass.mode === "forward") for (const { name } of computation.inputs) known.set(name, 0);
  if (pass.seed !== null) known.set(pass.seed, 1);
  for (const { operation, value, terms } of pass.moves.slice(0, moves)) {
    if (pass.mode === "forward") known.set(operation, value);
    else for (const { operand, total } of terms) known.set(operand, total);
  }
  return known;
}

/** Derivatives of all outputs by all inputs: a row for each output, a column for each input. */
export interface ComputationJacobian {
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  readonly values: readonly (readonly number[])[];
}

/** The Jacobian, by whichever mode needs fewer passes. */
export function jacobianOf(computation: Computation): ComputationJacobian {
  expectArgument("jacobianOf", "computation", computation, computationKind);
  const outputs = computation.outputs.map(({ name }) => name);
  const inputs = computation.inputs.map(({ name }) => name);
  if (outputs.length <= inputs.length) {
    const rows = reversePasses(computation);
    return { outputs, inputs, values: rows.map(({ derivatives }) => numbers(derivatives)) };
  }
  const columns = forwardPasses(computation).map(({ derivatives }) => numbers(derivatives));
  const values = outputs.map((_, row) => columns.map((column) => column[row]!));
  return { outputs, inputs, values };
}

function numbers(named: readonly NamedNumber[]): number[] {
  return named.map(({ value }) => value);
}

type VariableOperand = ComputationOperand & { readonly derivative: number };

function variableOf(operands: readonly ComputationOperand[]): VariableOperand[] {
  return operands.filter((operand): operand is VariableOperand => operand.derivative !== null);
}
