// Points of classes in the plane, with the lines that part them.

import { COLORS, drawPlot, Plot } from "../report/svg.ts";

/** Points with a class each. */
export interface ClassPoints {
  readonly title: string;
  /** [count, 2] */
  readonly values: ArrayLike<number>;
  readonly labels: readonly number[];
  readonly classNames: readonly string[];
  readonly axes: readonly [x: string, y: string];
  /** normal . p = offset */
  readonly lines: readonly {
    readonly normal: readonly [number, number];
    readonly offset: number;
    readonly isDashed: boolean;
  }[];
}

const SIZE = 460;

/** An SVG: dots for two classes, the names of classes where there are more. */
export function drawClassPoints(points: ClassPoints): string {
  const { values, labels, classNames } = points;
  const dots = labels
    .map((label, i) => ({
      x: values[2 * i]!,
      y: values[2 * i + 1]!,
      name: classNames[label] ?? String(label),
      label,
    }))
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const domain = (of: (dot: { x: number; y: number }) => number): [number, number] => {
    const all = dots.map(of);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const room = Math.max(0.12 * (high - low), 0.05);
    return [low - room, high + room];
  };
  const [across, up] = [domain(({ x }) => x), domain(({ y }) => y)];
  const isTwo = classNames.length <= 2;
  return drawPlot(points.title, {
    width: SIZE,
    height: SIZE,
    margin: 40,
    x: { domain: across, label: points.axes[0] },
    y: { domain: up, label: points.axes[1] },
    color: isTwo
      ? { domain: [0, 1], range: ["#f59322", "#0877bd"] }
      : { type: "categorical", scheme: "tableau10" },
    marks: [
      ...points.lines.flatMap(({ isDashed, ...line }) => {
        const ends = endsOf(line, across, up);
        if (ends.length < 2) return [];
        return [
          Plot.line(ends, {
            stroke: isDashed ? "currentColor" : COLORS.first,
            strokeWidth: 2,
            strokeDasharray: isDashed ? "6 4" : "",
          }),
        ];
      }),
      isTwo
        ? Plot.dot(dots, { x: "x", y: "y", r: 5, fill: "label", stroke: "#fff", strokeWidth: 1 })
        : Plot.text(dots, { x: "x", y: "y", text: "name", fill: "label", fontWeight: "bold" }),
    ],
  });
}

/** Where a line meets the edges of a rectangle. */
function endsOf(
  { normal, offset }: { normal: readonly [number, number]; offset: number },
  [x0, x1]: readonly [number, number],
  [y0, y1]: readonly [number, number],
): [number, number][] {
  const [a, b] = normal;
  const meets: [number, number][] = [
    ...[x0, x1].map((x): [number, number] => [x, (offset - a * x) / b]),
    ...[y0, y1].map((y): [number, number] => [(offset - b * y) / a, y]),
  ];
  const slack = 1e-9 * (x1 - x0 + y1 - y0);
  return meets
    .filter(([x, y]) => x >= x0 - slack && x <= x1 + slack && y >= y0 - slack && y <= y1 + slack)
    .sort((p, q) => p[0] - q[0] || p[1] - q[1])
    .filter((_, i, all) => i === 0 || i === all.length - 1);
}
