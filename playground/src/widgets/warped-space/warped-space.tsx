// The plane as two units of a hidden layer see it: a grid that the layer bends, and the examples on it.

import { useFrame, useSlice, useText } from "../../app/index.ts";
import type { Frames } from "../../client/index.ts";
import type { BentPlane, PointsInfo } from "../../protocol/index.ts";
import { formatNumber } from "../../text/numbers.ts";
import { Points } from "../region/points.tsx";
import { TableAlternative } from "../table-alternative.tsx";
import { pathsOf, type SpaceFrame, spaceFrameOf } from "./frame-of.ts";
import "./warped-space.css";

export interface WarpedSpaceProps {
  readonly frames: Frames;
  /** The key of the view `space` in the frames. */
  readonly view: string;
  readonly label: string;
  /** What the axes are called. */
  readonly axes: readonly [string, string];
  readonly train: PointsInfo;
  readonly classes: number | null;
}

export function WarpedSpace({ frames, view, label, axes, train, classes }: WarpedSpaceProps) {
  const text = useText("network");
  const isCalm = useSlice((state) => state.reducedMotion);
  const frame = useFrame(frames, isCalm ? 4 : 20);
  const seen = frame?.views[view];
  const space = seen?.view === "space" ? seen.space : null;
  if (!space) return <p class="note">{text.noSpace}</p>;
  const area = spaceFrameOf(space);
  const points: PointsInfo = { count: train.count, x: space.points, y: train.y };
  return (
    <figure class="warped-space" data-what="hiddenSpace">
      <svg viewBox="-1.06 -1.06 2.12 2.12" role="img" aria-label={label}>
        {pathsOf(space, area).map((d, i) => (
          <path
            key={i}
            class={`warped-line ${i < space.grid.length / space.steps / 4 ? "" : "is-across"}`}
            d={d}
          />
        ))}
        {space.border && <Border border={space.border} area={area} />}
        <Points points={points} window={area} classes={classes} />
        <text class="warped-axis" x={1.04} y={1.03} text-anchor="end">
          {axes[0]}
        </text>
        <text class="warped-axis" x={-1.04} y={-0.97}>
          {axes[1]}
        </text>
      </svg>
      <TableAlternative
        caption={label}
        columns={[...axes, text.target]}
        rows={() =>
          Array.from({ length: train.count }, (_, i) => [
            formatNumber(space.points[2 * i]),
            formatNumber(space.points[2 * i + 1]),
            formatNumber(train.y[i]),
          ])
        }
      />
    </figure>
  );
}

/** Where the next layer changes its mind: a line through the bent plane is a curve in the plane. */
function Border({ border, area }: { border: NonNullable<BentPlane["border"]>; area: SpaceFrame }) {
  const { normal, offset } = border;
  const [cx, cy] = area.center;
  // The foot of the perpendicular from the centre, and along the line to both sides.
  const away = offset - normal[0] * cx - normal[1] * cy;
  const foot = [(away * normal[0]) / area.reach, (-away * normal[1]) / area.reach] as const;
  const along = [normal[1] * 4, normal[0] * 4] as const;
  return (
    <line
      class="warped-border"
      x1={foot[0] - along[0]}
      y1={foot[1] - along[1]}
      x2={foot[0] + along[0]}
      y2={foot[1] + along[1]}
    />
  );
}
