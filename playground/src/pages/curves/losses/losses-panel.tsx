// Losses as functions of one prediction, for a target of 0 or 1 or a value, with their slopes and conventions.

import { useJob, useText } from "../../../app/index.ts";
import type { NamedFunction } from "../../../protocol/index.ts";
import { Slider } from "../../../widgets/curve/index.ts";
import { Choice, NumberField } from "../../../widgets/index.ts";
import { fields, isNumber, listOf, oneOf, within } from "../read.ts";
import { useKept } from "../use-kept.ts";
import { Cancels } from "./cancels.tsx";
import { type LossKey, type LossMode, MODES, X_NAMES } from "./entries.ts";
import { LossPlots, type ShownLoss } from "./loss-plots.tsx";
import { LossTable } from "./loss-table.tsx";

const COUNT = 321;

interface Given {
  readonly mode: LossMode;
  readonly x: number;
  readonly y: number;
  readonly delta: number;
  readonly drawn: readonly LossKey[];
}

const FIRST: Given = {
  mode: "output",
  x: MODES.output.at,
  y: 1,
  delta: 1,
  drawn: MODES.output.first,
};

function readGiven(found: unknown): Given {
  const { mode } = fields(found, FIRST, {
    mode: oneOf(Object.keys(MODES)),
    x: isNumber,
    y: isNumber,
    delta: isNumber,
    drawn: Array.isArray,
  });
  const { losses, from, to, at, first } = MODES[mode];
  const base = { ...FIRST, mode, x: at, y: mode === "value" ? 0 : 1, drawn: first };
  return fields(found, base, {
    mode: oneOf([mode]),
    x: within(from, to),
    y: mode === "value" ? within(-4, 4) : oneOf([0, 1]),
    delta: within(0.1, 4),
    drawn: listOf(oneOf(losses), 0, losses.length),
  });
}

export function LossesPanel() {
  const text = useText("curves");
  const [given, setGiven] = useKept<Given>("losses", readGiven);
  const { mode, x, y, delta, drawn } = given;
  const entry = MODES[mode];
  const change = (next: Partial<Given>) => setGiven({ ...given, ...next });
  const shown = useLosses(given);
  return (
    <section class="curves-panel" aria-labelledby="curves-tab-losses">
      <div class="curves-controls">
        <Choice<LossMode>
          label={text.lossOf}
          value={mode}
          options={(["output", "netInput", "value"] as const).map((name) => [
            name,
            text.lossModes[name],
          ])}
          onChange={(next) =>
            change({
              mode: next,
              x: MODES[next].at,
              y: next === "value" ? 0 : 1,
              drawn: MODES[next].first,
            })
          }
        />
        {mode === "value" ? (
          <NumberField
            label={text.targetY}
            value={y}
            step={0.5}
            min={-4}
            max={4}
            onChange={(next) => change({ y: next })}
          />
        ) : (
          <Choice
            label={text.targetY}
            value={String(y)}
            options={[
              ["0", "y = 0"],
              ["1", "y = 1"],
            ]}
            onChange={(next) => change({ y: Number(next) })}
          />
        )}
        <Slider
          label={text.predictionAt(X_NAMES[mode])}
          value={x}
          from={entry.from}
          to={entry.to}
          step={entry.step}
          onChange={(next) => change({ x: next })}
        />
        <fieldset class="checks">
          <legend>{text.lossesDrawn}</legend>
          {entry.losses.map((key) => (
            <label key={key} class="check">
              <input
                type="checkbox"
                checked={drawn.includes(key)}
                onChange={() =>
                  change({
                    drawn: entry.losses.filter((one) => (one === key) !== drawn.includes(one)),
                  })
                }
              />
              {text.losses[key]}
            </label>
          ))}
        </fieldset>
        {mode === "value" && drawn.includes("huber") && (
          <Slider
            label={text.huberDelta}
            value={delta}
            from={0.1}
            to={4}
            step={0.1}
            onChange={(next) => change({ delta: next })}
          />
        )}
      </div>
      <LossPlots shown={shown} mode={mode} x={x} onMove={(next) => change({ x: next })} />
      <LossTable shown={shown} x={x} xName={X_NAMES[mode]} delta={delta} />
      {mode === "netInput" && <Cancels shown={shown} />}
      <p>{text.lossRemarks[mode]}</p>
    </section>
  );
}

/** The curves and the point of the losses that are drawn. */
function useLosses(given: Given): ShownLoss[] {
  const { losses } = MODES[given.mode];
  // Four at most: hooks are called for all of them, and ask nothing for those that are not drawn.
  const all = [
    useLoss(given, losses[0]),
    useLoss(given, losses[1]),
    useLoss(given, losses[2]),
    useLoss(given, losses[3]),
  ];
  return all.filter((one) => one !== null);
}

function useLoss({ mode, x, y, delta, drawn }: Given, key: LossKey | undefined): ShownLoss | null {
  const text = useText("curves");
  const { losses, from, to } = MODES[mode];
  const isDrawn = key !== undefined && drawn.includes(key);
  const of: NamedFunction = { name: key ?? "", ...(key === "huber" && { options: { delta } }) };
  const asks = { of, y, isNetInput: mode === "netInput" && key !== "hinge" };
  const curve = useJob("loss", isDrawn ? { ...asks, x: { from, to, count: COUNT } } : null).answer;
  const point = useJob("loss", isDrawn ? { ...asks, x: [x] } : null).answer;
  // An answer to what was asked before the target changed is not this curve.
  if (!isDrawn || !curve || curve.asks.of.name !== key || curve.gives.x[0] !== from) return null;
  const isSame = point?.asks.of.name === key && point.asks.isNetInput === asks.isNetInput;
  return {
    key,
    name: text.losses[key],
    look: `series-${losses.indexOf(key)}`,
    curve: curve.gives,
    point: isSame ? point.gives : null,
  };
}
