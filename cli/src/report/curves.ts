// Figures over the epochs, training and test in one picture.

import type { EpochLogs } from "neurite/train";
import { percent } from "../names.ts";
import { words } from "../progress.ts";
import { COLORS, drawPlot, escapeHtml, Plot } from "./svg.ts";

interface Point {
  readonly epoch: number;
  readonly value: number;
}

/** One figure for the loss and one for each metric. */
export function curves(rows: readonly EpochLogs[]): string {
  const names = Object.keys(rows[0] ?? {}).filter((name) =>
    rows.some((row) => `test${capital(name)}` in row),
  );
  return names.map((name) => curve(rows, name)).join("\n");
}

function curve(rows: readonly EpochLogs[], name: string): string {
  const isShare = /accuracy/i.test(name);
  const series = (key: string): Point[] =>
    rows.flatMap((row) => {
      const value = row[key];
      return value === undefined
        ? []
        : [{ epoch: row.epoch + 1, value: isShare ? 100 * value : value }];
    });
  const [train, test] = [series(name), series(`test${capital(name)}`)];
  const line = (points: Point[], stroke: string, dash: string) => [
    Plot.lineY(points, { x: "epoch", y: "value", stroke, strokeWidth: 2.5, strokeDasharray: dash }),
    ...(points.length < 30
      ? [Plot.dot(points, { x: "epoch", y: "value", fill: stroke, r: 3.5 })]
      : []),
  ];
  const last = (points: Point[]) => points.at(-1)?.value ?? Number.NaN;
  const shown = (value: number) => (isShare ? percent(value / 100) : value.toFixed(4));
  const said =
    `${words(name)} over ${rows.length} epochs: at the end ${shown(last(train))} in training ` +
    `and ${shown(last(test))} on the test set`;
  const svg = drawPlot(said, {
    width: 520,
    height: 300,
    marginLeft: 52,
    marginBottom: 38,
    x: {
      label: "epoch",
      ticks: epochTicks(rows.length),
      tickFormat: String,
    },
    y: { label: isShare ? "%" : null, grid: true, nice: true },
    marks: [...line(train, COLORS.first, ""), ...line(test, COLORS.second, "6 4")],
  });
  return `<figure>
<figcaption><strong>${escapeHtml(capital(words(name)))}</strong>
<span class="key first">training ${shown(last(train))}</span>
<span class="key second">test ${shown(last(test))}</span></figcaption>
${svg}
</figure>`;
}

/** Whole epochs, ten or so. */
function epochTicks(count: number): number[] {
  const step = count <= 10 ? 1 : Math.ceil(count / 50) * 5;
  const all = Array.from({ length: count }, (_, i) => i + 1);
  return all.filter((epoch) => step === 1 || epoch % step === 0);
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
