// What the compiler makes of a program: its stages, linked.

import { useState } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import type { Jobs } from "../../../protocol/index.ts";
import { Choice } from "../../../widgets/index.ts";
import { StageView } from "../../../widgets/stage-view/stage-view.tsx";
import { useJob } from "../use-job.ts";
import { Times } from "./times.tsx";

const STEP_ROWS = 4;
/** What the worker's job `stepProgram` compiles. */
const STEP_CODE = `const w = new Variable(zeros([3, 2]));
const loss = (w, x, y) => x.matmul(w).tanh().sub(y).square().mean();
const step = compile((x, y) => {
  w.assign(w.sub(grad(loss)(w.read(), x, y).mul(0.1)));
});`;

/** The stages of the formula, or of a step of gradient descent, which has more of them. */
export function Compiled(props: {
  formula: Jobs["program"]["gives"];
  asks: Jobs["program"]["asks"];
}) {
  const text = useText("backprop");
  const [program, setProgram] = useState<"formula" | "step">("formula");
  const isStep = program === "step";
  const step = useJob("stepProgram", isStep ? { rows: STEP_ROWS } : null).gives;
  const { formula, asks } = props;
  const shown = isStep ? step : formula;
  const says = isStep ? text.stepSays : text.compiledSays;
  return (
    <section aria-labelledby="compiled">
      <h3 id="compiled">{text.compiled}</h3>
      <Choice
        label={text.programOf}
        value={program}
        options={[
          ["formula", text.programs.formula],
          ["step", text.programs.step],
        ]}
        onChange={setProgram}
      />
      {isStep && <pre class="step-code">{STEP_CODE}</pre>}
      {shown && (
        <>
          <p>
            {says(shown.nodes, shown.kernels)}{" "}
            {!isStep && (formula.isSame ? text.isSame : text.isOther)}
          </p>
          <StageView
            key={program}
            stages={shown.stages.map((stage) => ({
              ...stage,
              title: text.stages[stage.name as keyof typeof text.stages] ?? stage.name,
            }))}
            keys={text.stageKeys}
            kernelsLabel={text.memoryLabel}
          />
        </>
      )}
      {!isStep && <Times asks={asks} />}
    </section>
  );
}
