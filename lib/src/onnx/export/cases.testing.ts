// Files to be checked and run elsewhere: every op on its samples in every element type, and models.

import { NeuriteError } from "../../checks/errors.ts";
import { referenceEngine } from "../../engines/reference/reference.ts";
import { DTYPES, type DType } from "../../ir/dtype.ts";
import { CASES, type Case, caseIn, drawInputs, graphOf } from "../../ops/samples.testing.ts";
import type { OnnxCase, Refused } from "./case.testing.ts";
import { asItIs } from "./lower.ts";
import { modelCases } from "./models.testing.ts";
import { FIXED } from "./same-program.ts";
import { writeModel } from "./write-model.ts";

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
