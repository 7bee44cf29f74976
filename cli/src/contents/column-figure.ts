// A column of a table as a figure: a histogram of numbers and dates, bars of the most frequent values.

import type { ColumnSummary, ValueCount } from "neurite/inspect";
import { histogramFigure } from "../drawings/histogram.ts";
import { escapeHtml } from "../report/escape.ts";
import { COLORS, drawPlot, Plot } from "../report/svg.ts";
import { percent, plural } from "../terminal/names.ts";
import { dayTold } from "./columns-text.ts";
import { exact, shown } from "./told.ts";

export function columnFigure(column: ColumnSummary, rows: number): string {
  const { name: title, gaps } = column;
  const without = gaps === 0 ? "" : `, ${plural(gaps, "gap")} (${percent(gaps / rows, 1)})`;
  const about = `${column.type}, ${plural(column.distinct, "different value")}${without}`;
  if (column.distinct === 0) return plain(title, about, "It is empty.");
  if (column.type === "number") {
    return histogramFigure({
      title,
      about: `${about}; ${range(column)}`,
      histogram: column.histogram,
    });
  }
  if (column.type === "date") {
    const { histogram, earliest, latest } = column;
    const told = `${about}; ${dayTold(earliest)} to ${dayTold(latest)}`;
    return histogramFigure({ title, about: told, histogram, isTime: true });
  }
  if (column.frequent.length === 0) return plain(title, about, "No value stands in two rows.");
  return frequentFigure(title, about, column.frequent);
}

function range({ min, max, mean, deviation }: ColumnSummary & { type: "number" }): string {
  return `${exact(min)} to ${exact(max)}, mean ${shown(mean)}, deviation ${shown(deviation)}`;
}

const caption = (title: string, about: string) =>
  `<figcaption><strong>${escapeHtml(title)}</strong> ${escapeHtml(about)}</figcaption>`;

function plain(title: string, about: string, says: string): string {
  return `<figure>${caption(title, about)}<p class="hint">${says}</p></figure>`;
}

const LONGEST = 22;

export function frequentFigure(
  title: string,
  about: string,
  values: readonly ValueCount[],
  unit = "rows",
): string {
  const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
  // Names that are cut may be alike: bars are told apart by their place.
  const svg = drawPlot(
    `${title}: ${values.map(({ value, rows }) => `${value} ${rows}`).join(", ")}`,
    {
      width: 520,
      height: 40 + 24 * values.length,
      marginLeft: 170,
      marginBottom: 34,
      x: { label: unit, grid: true, tickFormat: "~s", ticks: 5 },
      y: {
        label: null,
        domain: values.map((_, place) => place),
        tickFormat: (place: number) => cut(values[place]!.value),
      },
      marks: [
        Plot.barX(values, {
          x: "rows",
          y: (_: ValueCount, place: number) => place,
          fill: COLORS.first,
        }),
        Plot.ruleX([0], { stroke: "currentColor", strokeOpacity: 0.4 }),
      ],
    },
  );
  // Alone it would be as wide as the page.
  return `<figure class="plane">${caption(title, about)}\n${svg}</figure>`;
}
