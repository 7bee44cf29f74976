// Penalties on large weights, and whose lambda it is.

import type { Convention } from "neurite/spec";
import { useText } from "../../../../app/index.ts";
import { CONVENTIONS, effectOf, withRegularizer } from "../../../../state/index.ts";
import { formatSetting } from "../../../../text/numbers.ts";
import { Choice, NumberField } from "../../../../widgets/index.ts";
import { ConflictNotes } from "../conflict-notes.tsx";
import { TrainingFormula } from "../formulas/training-formula.tsx";
import type { PanelProps } from "../panel.ts";
import { useSettings } from "../use-settings.ts";
import { Card } from "./card.tsx";
import { nextRate } from "./rates.ts";

/** Whose L1 has no factor of its own: they differ by L2 alone. */
const PLAIN_L1: ReadonlySet<Convention> = new Set(["nndl", "keras"]);

export function PenaltyCard({ training }: PanelProps) {
  const text = useText("controls");
  const { settings, setRun } = useSettings();
  const { run } = settings;
  const { regularizer } = run;
  const effect = effectOf("run.regularizer");
  const info = training.frames.info.value;
  const examples = info?.data.train.count ?? 0;
  const slots = {
    lambda: formatSetting(regularizer?.lambda),
    examples: String(examples),
    batches: String(info?.stepsPerEpoch ?? 0),
  };
  return (
    <Card what="regularization" title={text.penaltyTitle}>
      <div class="field-row">
        <Choice
          label={text.penalty}
          what="regularization"
          value={regularizer?.kind ?? "none"}
          options={[
            ["none", text.penaltyNone],
            ["l2", text.l2],
            ["l1", text.l1],
          ]}
          effect={effect}
          onChange={(kind) =>
            setRun(withRegularizer(run, kind === "none" ? null : { kind: kind as "l1" | "l2" }))
          }
        />
        {regularizer && (
          <>
            <NumberField
              isSetting
              label={text.lambda}
              value={regularizer.lambda}
              min={0}
              max={100}
              step={nextRate}
              effect={effect}
              onChange={(lambda, gesture) => setRun(withRegularizer(run, { lambda }), gesture)}
            />
            <Choice
              label={text.convention}
              value={regularizer.convention}
              options={CONVENTIONS.map((name) => [name, text.conventions[name]] as const)}
              effect={effect}
              onChange={(convention: Convention) => setRun(withRegularizer(run, { convention }))}
            />
          </>
        )}
      </div>
      {!regularizer && <p class="hint">{text.penaltyNoneSays}</p>}
      {regularizer && (
        <>
          <TrainingFormula
            family="penalties"
            name={`${regularizer.convention}${regularizer.kind === "l2" ? "L2" : "L1"}`}
            slots={slots}
            what="regularization"
          />
          <p class="hint">
            {regularizer.kind === "l1" && PLAIN_L1.has(regularizer.convention)
              ? text.l1Says
              : text.conventionSays[regularizer.convention]}
          </p>
        </>
      )}
      <ConflictNotes training={training} places={["regularizer"]} />
    </Card>
  );
}
