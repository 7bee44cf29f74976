// Parallel coordinates (Inselberg 1985): an axis for each setting and one for the figure, a line for each trial.

import { escapeHtml } from "../report/escape.ts";

/** One axis, with a place from 0 to 1 for every line, or null where a line has none. */
export interface ParallelAxis {
  readonly title: string;
  readonly places: readonly (number | null)[];
  /** Written beside the axis at their places. */
  readonly ticks: readonly { readonly place: number; readonly text: string }[];
}

export interface ParallelDrawing {
  readonly title: string;
  readonly axes: readonly ParallelAxis[];
  /** How good each line is, from 0 to 1: it gives the colour. Null for those that failed. */
  readonly shares: readonly (number | null)[];
  /** The line that stands out. */
  readonly best: number | null;
  readonly names: readonly string[];
}

const HEIGHT = 300;
const TOP = 46;
const BOTTOM = 18;
const STEP = 150;
const SIDE = 84;
/** Two cues: the better a line, the more of the first colour, and the thicker. */
const WIDTHS = [0.9, 2.2] as const;

/** An SVG whose lines are drawn from the worst to the best. */
export function drawParallel({ title, axes, shares, best, names }: ParallelDrawing): string {
  const width = 2 * SIDE + STEP * Math.max(0, axes.length - 1);
  const y = (place: number) => TOP + (1 - place) * (HEIGHT - TOP - BOTTOM);
  const x = (axis: number) => SIDE + axis * STEP;
  const order = shares
    .map((share, i) => ({ share, i }))
    .sort((a, b) => (a.share ?? -1) - (b.share ?? -1) || b.i - a.i)
    .sort((a, b) => Number(a.i === best) - Number(b.i === best));
  const lines = order.map(({ share, i }) => {
    const points = axes.flatMap(({ places }, axis) => {
      const place = places[i];
      return place === null || place === undefined ? [] : [`${x(axis)},${y(place).toFixed(1)}`];
    });
    return `<polyline points="${points.join(" ")}" fill="none" ${styleOf(share, i === best)}><title>${escapeHtml(names[i]!)}</title></polyline>`;
  });
  const scales = axes.map(({ title: name, ticks }, axis) => {
    const at = x(axis);
    // Titles stand at two heights, so that long ones do not meet.
    const height = axis % 2 === 0 ? 14 : 31;
    const texts = ticks.map(
      ({ place, text }) =>
        `<text x="${at - 6}" y="${(y(place) + 4).toFixed(1)}" text-anchor="end" class="tick">${escapeHtml(text)}</text>`,
    );
    return `<line x1="${at}" x2="${at}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="currentColor" stroke-opacity=".55"/>
<text x="${at}" y="${height}" text-anchor="middle" font-weight="600">${escapeHtml(name)}</text>
${texts.join("\n")}`;
  });
  return `<svg viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" role="img" aria-label="${escapeHtml(title)}" data-generator="neurite" fill="currentColor" font-size="13" font-family="inherit" style="max-width:none">
<style>.tick { font-size: 11.5px; paint-order: stroke; stroke: var(--card); stroke-width: 4px; }</style>
${lines.join("\n")}
${scales.join("\n")}
</svg>`;
}

function styleOf(share: number | null, isBest: boolean): string {
  if (isBest) return 'stroke="var(--second)" stroke-width="3.5"';
  if (share === null) return 'stroke="currentColor" stroke-opacity=".35" stroke-dasharray="3 4"';
  const [thin, thick] = WIDTHS;
  const wide = (thin + (thick - thin) * share).toFixed(2);
  return `stroke="var(--first)" stroke-opacity="${(0.35 + 0.55 * share).toFixed(2)}" stroke-width="${wide}"`;
}
