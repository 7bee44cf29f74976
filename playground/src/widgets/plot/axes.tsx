// The axes of plots: ticks, lines across, and what the axes are called.

import { type Scale, ticksOf } from "./scales.ts";

/** In pixels of the page. */
export const MARGIN = { left: 52, right: 14, top: 22, bottom: 36 };

interface AxesProps {
  readonly sx: Scale;
  readonly sy: Scale;
  readonly xLog: boolean;
  readonly yLog: boolean;
  readonly height: number;
  readonly width: number;
  readonly xLabel: string;
  readonly yLabel: string;
}

export function Axes({ sx, sy, xLog, yLog, height, width, xLabel, yLabel }: AxesProps) {
  const [bottom, right] = [height - MARGIN.bottom, width - MARGIN.right];
  return (
    <g class="axes" aria-hidden="true">
      {ticksOf(sy, yLog, Math.round(height / 55)).map(({ at, text }) => (
        <g key={`y${text}`}>
          <line class="grid" x1={MARGIN.left} x2={right} y1={at} y2={at} />
          <text x={MARGIN.left - 8} y={at} dy="0.32em" text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      {ticksOf(sx, xLog, Math.max(Math.round(width / 80), 2)).map(({ at, text }) => (
        <text key={`x${text}`} x={at} y={bottom + 16} text-anchor="middle">
          {text}
        </text>
      ))}
      <line class="base" x1={MARGIN.left} x2={right} y1={bottom} y2={bottom} />
      <text class="axis-name" x={right} y={bottom + 31} text-anchor="end">
        {xLabel}
      </text>
      <text class="axis-name" x={MARGIN.left - 44} y={8} dy="0.3em">
        {yLabel}
      </text>
    </g>
  );
}
