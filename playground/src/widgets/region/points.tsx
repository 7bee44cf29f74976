// Points of the plane by colour and shape: classes are told apart without colours too.

import type { PlaneWindow, PointsInfo } from "../../protocol/index.ts";

interface PointsProps {
  readonly points: PointsInfo;
  readonly window: PlaneWindow;
  readonly classes: number | null;
  /** Test points are hollow. */
  readonly isTest?: boolean;
}

/** Circle, square, triangle, diamond and so on, of about the same size. */
const SHAPES: readonly string[] = [
  "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0Z",
  "M-.9 -.9H.9V.9H-.9Z",
  "M0 -1.15L1.1 .85H-1.1Z",
  "M0 -1.2L1.2 0L0 1.2L-1.2 0Z",
  "M-1.1 -.85H1.1L0 1.15Z",
  "M-.4 -1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z",
];

export function Points({ points, window: { center, reach }, classes, isTest }: PointsProps) {
  const { count, x, y } = points;
  const size = sizeFor(count);
  return (
    <g class={`points ${isTest ? "is-test" : ""}`}>
      {Array.from({ length: count }, (_, i) => {
        const [px, py] = [(x[2 * i]! - center[0]) / reach, -(x[2 * i + 1]! - center[1]) / reach];
        return (
          <path
            key={i}
            class={`point-${pointLook(y[i]!, classes)}`}
            d={shapeOf(y[i]!, classes)}
            transform={`translate(${px.toFixed(4)} ${py.toFixed(4)}) scale(${size})`}
          />
        );
      })}
    </g>
  );
}

/** One point by itself, in a line of text. */
export function PointMark(props: { readonly target: number; readonly classes: number | null }) {
  const { target, classes } = props;
  return (
    <svg class="point-mark points" viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">
      <path class={`point-${pointLook(target, classes)}`} d={shapeOf(target, classes)} />
    </svg>
  );
}

/** The more points, the smaller: half a width, where the map is 2 wide. */
function sizeFor(count: number): number {
  if (count > 150) return 0.021;
  return count > 30 ? 0.03 : 0.055;
}

/** Values have one shape below 0 and another from there on. */
function shapeOf(target: number, classes: number | null): string {
  const kind = classes === null ? Number(target >= 0) : target;
  return SHAPES[kind % SHAPES.length]!;
}

/** Values and two classes have the colours of signed values, more classes those of Okabe and Ito. */
function pointLook(target: number, classes: number | null): string {
  if (classes === null) return target < 0 ? "low" : "high";
  if (classes === 2) return target === 0 ? "low" : "high";
  return `class-${target % 8}`;
}
