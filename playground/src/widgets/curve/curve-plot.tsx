// Functions of one number: curves with a point that is dragged along them, tangents, and what is marked.

import { useId, useMemo, useRef } from "preact/hooks";
import { useText } from "../../app/index.ts";
import { Axes, MARGIN } from "../plot/axes.tsx";
import { pathOf, type Series, scaleOf } from "../plot/scales.ts";
import { useWidth } from "../use-width.ts";
import type { CurveBand, CurveMark, CurvePoint } from "./curve-point.ts";
import { Legend } from "./legend.tsx";
import { Band, Corner, Dot, Tangent } from "./marks.tsx";

export interface CurvePlotProps {
  /** What is drawn: the accessible name. */
  readonly label: string;
  readonly lines: readonly Series[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xDomain: readonly [number, number];
  readonly yDomain?: readonly [number | null, number | null] | undefined;
  /** Where the point stands, and what is on the curves there. */
  readonly at: number;
  readonly points: readonly CurvePoint[];
  readonly onMove: (x: number) => void;
  /** What an arrow key adds. */
  readonly step: number;
  readonly bands?: readonly CurveBand[];
  readonly marks?: readonly CurveMark[];
  readonly height?: number;
  readonly what?: string;
}

export function CurvePlot(props: CurvePlotProps) {
  const { label, lines, xDomain, yDomain, at, points, onMove, step, height = 240 } = props;
  const text = useText("widgets");
  const clip = useId();
  const figure = useRef<HTMLElement>(null);
  const width = Math.max(useWidth(figure, 480), 220);
  const { sx, sy, paths } = useMemo(() => {
    const range = [MARGIN.left, width - MARGIN.right] as const;
    const sx = scaleOf([], { isLog: false, domain: xDomain }, range);
    const heights = lines.flatMap(({ y }) => Array.from(y));
    const axis = { isLog: false, domain: yDomain };
    const sy = scaleOf(heights, axis, [height - MARGIN.bottom, MARGIN.top]);
    return { sx, sy, paths: lines.map((line) => pathOf(line, sx, sy)) };
  }, [lines, xDomain[0], xDomain[1], yDomain?.[0], yDomain?.[1], height, width]);

  const moveTo = (x: number) => {
    const [low, high] = xDomain;
    const whole = Math.round(Math.min(Math.max(x, low), high) / step) * step;
    onMove(Number(whole.toPrecision(10)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = step * (event.shiftKey ? 10 : 1);
    if (event.key === "ArrowRight") moveTo(at + by);
    else if (event.key === "ArrowLeft") moveTo(at - by);
    else if (event.key === "Home") moveTo(xDomain[0]);
    else if (event.key === "End") moveTo(xDomain[1]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointer = (event: PointerEvent) => {
    const svg = event.currentTarget as SVGElement;
    if (event.type === "pointerdown") svg.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    const box = svg.getBoundingClientRect();
    moveTo(sx.invert(((event.clientX - box.left) / box.width) * width));
  };
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];

  return (
    <figure class="plot curve-plot" ref={figure} data-what={props.what}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        tabindex={0}
        data-own-keys
        aria-label={`${label}. ${text.curveKeys}`}
        onKeyDown={onKeyDown}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
      >
        <clipPath id={clip}>
          <rect
            x={MARGIN.left}
            y={top}
            width={width - MARGIN.left - MARGIN.right}
            height={bottom - top}
          />
        </clipPath>
        <g clip-path={`url(#${clip})`}>
          {props.bands?.map((band) => (
            <Band key={`${band.look} ${band.from}`} band={band} sx={sx} top={top} bottom={bottom} />
          ))}
        </g>
        <Axes
          sx={sx}
          sy={sy}
          xLog={false}
          yLog={false}
          height={height}
          width={width}
          xLabel={props.xLabel}
          yLabel={props.yLabel}
        />
        <g clip-path={`url(#${clip})`}>
          <line class="zero" x1={sx(0)} x2={sx(0)} y1={top} y2={bottom} />
          <line class="zero" x1={MARGIN.left} x2={width - MARGIN.right} y1={sy(0)} y2={sy(0)} />
          {lines.map((line, i) => (
            <path
              key={line.name}
              class={`plot-line ${line.look ?? `series-${i}`} ${line.isGhost ? "is-ghost" : ""}`}
              d={paths[i]}
            />
          ))}
          <line class="plot-cursor" x1={sx(at)} x2={sx(at)} y1={top} y2={bottom} />
          {points.map((point) => (
            <Tangent key={point.name} point={point} at={at} sx={sx} sy={sy} />
          ))}
        </g>
        {props.marks?.map((mark) => (
          <Corner key={mark.says} mark={mark} sx={sx} sy={sy} />
        ))}
        {points.map((point) => (
          <Dot key={point.name} point={point} at={at} sx={sx} sy={sy} />
        ))}
      </svg>
      <Legend lines={lines} />
    </figure>
  );
}
