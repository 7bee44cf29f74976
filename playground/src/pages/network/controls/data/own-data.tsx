// Points of one's own: drawn, in a table, out of a file.

import { useState } from "preact/hooks";
import { useText } from "../../../../app/index.ts";
import type { DataInfo, PointsInfo } from "../../../../protocol/index.ts";
import { type DataSource, type OwnPoint, withData } from "../../../../state/index.ts";
import {
  CsvImport,
  type Imported,
  MOST_POINTS,
  PointPad,
  PointsTable,
} from "../../../../widgets/data-editor/index.ts";
import { NumberField } from "../../../../widgets/index.ts";
import { useSettings } from "../use-settings.ts";
import { TargetKind } from "./target-kind.tsx";

type Source = Extract<DataSource, { readonly kind: "points" }>;

const PLAIN: Source = {
  kind: "points",
  classes: 2,
  names: ["x1", "x2"],
  points: [
    { x: [-2, -2], y: 0 },
    { x: [2, 2], y: 0 },
    { x: [-2, 2], y: 1 },
    { x: [2, -2], y: 1 },
  ],
};

/** The examples that are shown, as points of one's own to begin with; four corners where there are none. */
export function pointsNow(info: DataInfo | null): Source {
  if (!info || info.train.count + info.test.count > MOST_POINTS) return PLAIN;
  const { names, classes, train, test } = info;
  const list = ({ count, x, y }: PointsInfo): OwnPoint[] =>
    Array.from({ length: count }, (_, i) => ({
      x: names.map((_, j) => Number(x[i * names.length + j]!.toPrecision(6))),
      y: classes === null ? Number(y[i]!.toPrecision(6)) : y[i]!,
    }));
  // The four rows of exclusive or are for training and for testing: they are kept once.
  const isTwice = train.count === test.count && train.x.every((v, i) => v === test.x[i]);
  return { ...PLAIN, names, classes, points: [...list(train), ...(isTwice ? [] : list(test))] };
}

export function OwnData({ source }: { readonly source: Source }) {
  const text = useText("controls");
  const { settings, set } = useSettings();
  const [brush, setBrush] = useState<number | null>(1);
  /** Fewer than two points cannot be learnt from: until there are two, the last run stays. */
  const [draft, setDraft] = useState<readonly OwnPoint[] | null>(null);
  const points = draft ?? source.points;
  const { classes, names } = source;

  const put = (change: Partial<Source>, gesture?: string) =>
    set(withData(settings, { data: { source: { ...source, ...change } } }), gesture);
  const onChange = (next: readonly OwnPoint[], gesture: string) => {
    setDraft(next.length < 2 ? next : null);
    if (next.length >= 2) put({ points: next }, gesture);
  };
  const onTargets = (next: number | null) => {
    const most = (next ?? 1) - 1;
    const y = (old: number) => (next === null ? old : Math.min(Math.max(Math.round(old), 0), most));
    put({ classes: next, points: points.map((point) => ({ ...point, y: y(point.y) })) });
    setBrush(next === null ? 1 : Math.min(brush ?? 1, most));
  };
  const onImport = ({ names: columns, classes: found, points: read }: Imported) => {
    setDraft(null);
    put({ names: columns, classes: found, points: read });
  };

  return (
    <div class="own-data" data-what="ownPoints">
      <TargetKind classes={classes} onChange={onTargets} />
      {names.length === 2 && (
        <>
          <Brushes classes={classes} brush={brush} onBrush={setBrush} />
          <PointPad
            points={points}
            classes={classes}
            brush={brush}
            onBrush={setBrush}
            onChange={onChange}
          />
        </>
      )}
      <div class="button-row">
        <span>{text.pad.count(points.length)}</span>
        <button type="button" disabled={points.length === 0} onClick={() => setDraft([])}>
          {text.pad.clear}
        </button>
      </div>
      {points.length < 2 && (
        <p class="conflict" role="status">
          {text.pad.few}
        </p>
      )}
      <PointsTable names={names} points={points} classes={classes} onChange={onChange} />
      <details class="table-alternative">
        <summary>{text.csv.title}</summary>
        <CsvImport onImport={onImport} />
      </details>
    </div>
  );
}

interface BrushProps {
  readonly classes: number | null;
  readonly brush: number | null;
  readonly onBrush: (brush: number | null) => void;
}

/** Which class is drawn, or which value; or that points are taken away. */
function Brushes({ classes, brush, onBrush }: BrushProps) {
  const text = useText("controls").pad;
  return (
    <fieldset class="brushes">
      <legend>{text.brush}</legend>
      {classes === null ? (
        <NumberField
          isSetting
          isCompact
          label={text.value}
          value={brush ?? 1}
          step={0.1}
          min={-1e6}
          max={1e6}
          onChange={onBrush}
        />
      ) : (
        Array.from({ length: classes }, (_, i) => (
          <button
            key={i}
            type="button"
            class={`brush brush-${classes === 2 ? ["low", "high"][i] : i}`}
            aria-pressed={brush === i}
            onClick={() => onBrush(i)}
          >
            <span class="brush-sign" aria-hidden="true">
              {"●■▲◆▼✚●■"[i]}
            </span>{" "}
            {text.class(i)}
          </button>
        ))
      )}
      <button
        type="button"
        aria-pressed={brush === null}
        onClick={() => onBrush(brush === null ? 1 : null)}
      >
        {text.erase}
      </button>
    </fieldset>
  );
}
