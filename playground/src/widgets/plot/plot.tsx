// Lines over a common axis: with ticks, a cursor by pointer and keys, logarithmic axes, and a table behind.

import { useMemo, useRef, useState } from "preact/hooks";
import { useSlice, useText } from "../../app/index.ts";
import { formatNumber } from "../../text/numbers.ts";
import { TableAlternative } from "../table-alternative.tsx";
import { useWidth } from "../use-width.ts";
import { Axes, MARGIN } from "./axes.tsx";
import { nearestIndex, pathOf, type Scale, type Series, scaleOf } from "./scales.ts";

export interface PlotProps {
  /** What the plot shows: its accessible name and the caption of its table. */
  readonly label: string;
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  /** Asked when L is pressed, or the button. Without it the axis stays. */
  readonly onYLog?: (isLog: boolean) => void;
  readonly xDomain?: readonly [number | null, number | null] | undefined;
  readonly yDomain?: readonly [number | null, number | null] | undefined;
  /** Something to mark on the x axis, as the present step. */
  readonly mark?: number | null;
  readonly height?: number;
  readonly what?: string;
}

export function Plot(props: PlotProps) {
  const { label, series, xLabel, yLabel, xLog = false, yLog = false, height = 220 } = props;
  const text = useText("widgets");
  const digits = useSlice((state) => state.view.digits);
  const [cursor, setCursor] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const figure = useRef<HTMLElement>(null);
  // As wide as it is shown, so that its letters are as large as those around it.
  const width = Math.max(useWidth(figure, 480), 220);

  const { sx, sy, paths } = useMemo(() => {
    const xAxis = { isLog: xLog, domain: props.xDomain };
    const yAxis = { isLog: yLog, domain: props.yDomain };
    const sx = scaleOf(valuesOf(series, "x"), xAxis, [MARGIN.left, width - MARGIN.right]);
    const sy = scaleOf(valuesOf(series, "y"), yAxis, [height - MARGIN.bottom, MARGIN.top]);
    return { sx, sy, paths: series.map((one) => pathOf(one, sx, sy)) };
  }, [series, xLog, yLog, props.xDomain, props.yDomain, height, width]);

  const active = series[Math.min(chosen, series.length - 1)];
  const move = (by: number) => {
    if (!active || active.x.length === 0) return;
    const from = cursor === null ? active.x.length - 1 : nearestIndex(active.x, cursor);
    const to = Math.min(Math.max(from + (cursor === null ? 0 : by), 0), active.x.length - 1);
    setCursor(active.x[to]!);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const jump = event.shiftKey ? 10 : 1;
    if (event.key === "ArrowRight") move(jump);
    else if (event.key === "ArrowLeft") move(-jump);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const by = event.key === "ArrowUp" ? -1 : 1;
      setChosen((chosen + by + series.length) % Math.max(series.length, 1));
    } else if (event.key === "Escape") setCursor(null);
    else if (event.key.toLowerCase() === "l" && props.onYLog) props.onYLog(!yLog);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerMove = (event: PointerEvent) => {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    const x = sx.invert(((event.clientX - box.left) / box.width) * width);
    if (active && active.x.length > 0) setCursor(active.x[nearestIndex(active.x, x)]!);
  };

  const readings =
    cursor === null ? [] : series.flatMap((one, i) => readingOf(one, i, cursor, sx, sy));
  const said = readings
    .map(({ name, value }) => `${name} ${formatNumber(value, digits)}`)
    .join(", ");
  const at =
    cursor === null ? "" : `${text.cursor} ${xLabel} ${formatNumber(cursor, digits)}: ${said}`;

  return (
    <figure class="plot" ref={figure} data-what={props.what}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        tabindex={0}
        data-own-keys
        aria-label={`${label}. ${text.plotKeys}`}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
        onPointerLeave={() => setCursor(null)}
      >
        <Axes
          sx={sx}
          sy={sy}
          xLog={xLog}
          yLog={yLog}
          height={height}
          width={width}
          xLabel={xLabel}
          yLabel={yLabel}
        />
        {props.mark !== undefined && props.mark !== null && (
          <line
            class="plot-mark"
            x1={sx(props.mark)}
            x2={sx(props.mark)}
            y1={MARGIN.top}
            y2={height - MARGIN.bottom}
          />
        )}
        {series.map((one, i) => (
          <path
            key={one.name}
            class={`plot-line ${lookOf(one, i)} ${i === chosen ? "is-chosen" : ""}`}
            d={paths[i]}
          />
        ))}
        {cursor !== null && (
          <line
            class="plot-cursor"
            x1={sx(cursor)}
            x2={sx(cursor)}
            y1={MARGIN.top}
            y2={height - MARGIN.bottom}
          />
        )}
        {readings.map(({ name, px, py, look }) => (
          <circle key={name} class={`plot-dot ${look}`} cx={px} cy={py} r={4} />
        ))}
      </svg>
      <figcaption>
        <span class="legend">
          {series.map((one, i) => (
            <span key={one.name} class={`legend-item ${lookOf(one, i)}`}>
              {one.name}
            </span>
          ))}
        </span>
        {props.onYLog && (
          <label class="check">
            <input type="checkbox" checked={yLog} onChange={() => props.onYLog!(!yLog)} />{" "}
            {text.logY}
          </label>
        )}
        <output class="reading" aria-live={cursor === null ? "off" : "polite"}>
          {at}
        </output>
      </figcaption>
      <TableAlternative
        caption={label}
        columns={[xLabel, ...series.map(({ name }) => name)]}
        rows={() => tableRows(series, digits)}
      />
    </figure>
  );
}

function* valuesOf(series: readonly Series[], axis: "x" | "y"): Iterable<number> {
  for (const one of series) yield* Array.from(one[axis]);
}

function lookOf({ look, isGhost }: Series, i: number): string {
  return `${look ?? `series-${i % 8}`}${isGhost ? " is-ghost" : ""}`;
}

function readingOf(one: Series, i: number, cursor: number, sx: Scale, sy: Scale) {
  if (one.x.length === 0) return [];
  const at = nearestIndex(one.x, cursor);
  const [x, value] = [one.x[at]!, one.y[at]!];
  return [{ name: one.name, value, px: sx(x), py: sy(value), look: lookOf(one, i) }];
}

function tableRows(series: readonly Series[], digits: number): string[][] {
  const longest = series.reduce(
    (best, one) => (one.x.length > best.x.length ? one : best),
    series[0]!,
  );
  return Array.from(longest?.x ?? [], (x) => [
    formatNumber(x, 6),
    ...series.map((one) => {
      const at = nearestIndex(one.x, x);
      return one.x[at] === x ? formatNumber(one.y[at], digits) : "–";
    }),
  ]);
}
