// Files to be checked and run elsewhere, and what they should give: every op on its samples, and models.

import { NeuriteError } from "../../checks/errors.ts";
import { referenceEngine } from "../../engines/reference/reference.ts";
import { DTYPES, type DType } from "../../ir/dtype.ts";
import type { NdArray } from "../../ops/define.ts";
import { CASES, type Case, caseIn, drawInputs, graphOf } from "../../ops/samples.testing.ts";
import { asItIs } from "./lower.ts";
import { modelCases } from "./models.testing.ts";
import { FIXED } from "./same-program.ts";
import { writeModel } from "./write-model.ts";

export interface NamedArray extends NdArray {
  readonly name: string;
}

export interface OnnxCase {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly inputs: readonly NamedArray[];
  readonly outputs: readonly NamedArray[];
  /** How far off a number may be, relative to 1 or to itself. */
  readonly bound: number;
}

export interface Refused {
  readonly name: string;
  readonly refusal: string;
}

export async function* onnxCases(
  isChosen: (name: string) => boolean,
): AsyncGenerator<OnnxCase | Refused> {
  for (const sample of CASES) {
    const kinds: [DType, Case | null][] = DTYPES.map((dtype) => [
      dtype,
      dtype === "float64" ? sample : caseIn(dtype, sample),
    ]);
    for (const [dtype, found] of kinds) {
      const name = `${sample.title} ${dtype}`;
      if (found && isChosen(name)) yield opCase(name, found);
    }
  }
  for await (const found of modelCases(isChosen)) yield found;
}

function opCase(name: string, of: Case): OnnxCase | Refused {
  const graph = graphOf(of);
  const inputs = drawInputs(of).map((array, i) => ({ ...array, name: `input${i + 1}` }));
  const results = referenceEngine.compile(graph).run(inputs.map(({ data }) => data));
  const outputs = graph.outputs.map(({ type }, i) => {
    return { ...type, data: results[i]!, name: `output${i + 1}` };
  });
  const program = { graph, args: inputs.length, results: outputs.length, reads: [], writes: [] };
  const [given, made] = [inputs, outputs].map((list) => list.map((array) => array.name)) as [
    string[],
    string[],
  ];
  try {
    const labels = { name: of.name, inputs: given, outputs: made };
    const bytes = writeModel(program, labels, FIXED, asItIs);
    return { name, bytes, inputs, outputs, bound: boundOf(of, outputs[0]!.dtype) };
  } catch (error) {
    if (error instanceof NeuriteError) return { name, refusal: error.message };
    throw error;
  }
}

function boundOf(_of: Case, dtype: DType): number {
  if (dtype === "float32") return 3e-6;
  return dtype === "float64" ? 1e-12 : 0;
}
