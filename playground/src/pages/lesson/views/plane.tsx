// The plane as a program answers it, with its points.

import { useEffect, useMemo } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import { Frames } from "../../../client/index.ts";
import { RegionMap } from "../../../widgets/index.ts";
import type { ViewProps } from "./view.ts";

export function PlaneView({ answer, isVeiled }: ViewProps<"plane">) {
  const text = useText("lessons");
  // The map repaints with frames; here there is one for each answer.
  const frames = useMemo(() => new Frames(), []);
  const { plane } = answer;
  useEffect(() => {
    frames.frameId.value++;
  }, [plane, isVeiled]);
  const points = useMemo(() => plane && pointsOf(plane.points), [plane]);
  if (!plane || !points) return null;
  const values = Float32Array.from(isVeiled ? plane.values.map(() => 0.5) : plane.values);
  return (
    <RegionMap
      label={text.plane}
      what="decisionRegion"
      frames={frames}
      map={() => ({ cells: plane.cells, values, kind: "probability" })}
      window={{ center: plane.center, reach: plane.reach }}
      train={points}
      classes={2}
    />
  );
}

type Point = { readonly x: readonly [number, number]; readonly y: number };

function pointsOf(points: readonly Point[]) {
  return {
    count: points.length,
    x: Float32Array.from(points.flatMap(({ x }) => x)),
    y: Float32Array.from(points, ({ y }) => y),
  };
}
