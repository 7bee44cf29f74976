// Derivatives by difference quotients: the error over the step, which falls, and rises again where rounding takes over.

import { useMemo } from "preact/hooks";
import { useJob, useText } from "../../../app/index.ts";
import { formula } from "../../../formulas/differences.tex";
import { formatNumber } from "../../../text/numbers.ts";
import { FormulaView, NumberField, Plot } from "../../../widgets/index.ts";
import { FormulaField } from "../formula-field.tsx";
import { fields, isNumber, isText } from "../read.ts";
import { useKept } from "../use-kept.ts";

const FIRST = { text: "exp(x)", at: 1 };

const readGiven = (found: unknown) => fields(found, FIRST, { text: isText, at: isNumber });

export function DifferencesPanel() {
  const text = useText("curves");
  const [given, setGiven] = useKept("differences", readGiven);
  const { answer, problem } = useJob("differences", given);
  const rows = answer?.gives.rows;
  const series = useMemo(() => {
    if (!rows) return [];
    const x = rows.map(({ stepSize }) => stepSize);
    // An error of exactly 0 has no place on a logarithmic axis.
    const errors = (which: "forwardError" | "centralError") =>
      rows.map((row) => row[which] || Number.NaN);
    return [
      { name: text.forwardDifference, x, y: errors("forwardError"), look: "series-1" },
      { name: text.centralDifference, x, y: errors("centralError"), look: "series-0" },
    ];
  }, [rows, text]);
  return (
    <section class="curves-panel" aria-labelledby="curves-tab-differences">
      <div class="curves-controls">
        <FormulaField
          label={text.functionOfX}
          value={given.text}
          onChange={(next) => setGiven({ ...given, text: next })}
          problem={problem}
        />
        <NumberField
          label="x"
          value={given.at}
          step={0.5}
          onChange={(at) => setGiven({ ...given, at })}
        />
      </div>
      <FormulaView formula={formula} spoken={text.differencesSpoken} />
      {answer && (
        <div class="differences-plot">
          <Plot
            label={text.differencesLabel}
            what="difference"
            series={series}
            xLabel="Δ"
            yLabel={text.error}
            xLog
            yLog
            height={300}
          />
          <p class="differences-says">
            {text.differencesSays(
              formatNumber(answer.gives.exact, 9),
              formatNumber(answer.gives.bestForward, 2),
              formatNumber(answer.gives.bestCentral, 2),
            )}
          </p>
        </div>
      )}
    </section>
  );
}
