// A function of two numbers that an answer names: from above and in space, with the place and the way of the answer.

import { useMemo, useState } from "preact/hooks";
import { useJob, useText } from "../../../app/index.ts";
import { TableAlternative } from "../../../widgets/index.ts";
import {
  ContourMap,
  type DrawnWay,
  heightRows,
  Surface3D,
  type Turn,
} from "../../../widgets/surface/index.ts";
import type { ViewProps } from "./view.ts";

const COUNT = 61;

export function SurfaceOfAnswer(props: ViewProps<"surface">) {
  const { view, answer, words, isVeiled, values, onMove } = props;
  const text = useText("lessons");
  const [turn, setTurn] = useState<Turn>({ azimuth: 35, elevation: 32 });
  const { surface } = answer;
  const pointer = [Number(values[view.u]), Number(values[view.v])] as const;
  const of = surface?.of;
  // What the surface looks like answers many a question about it.
  const isAsked = of !== undefined && !isVeiled;
  const heights = useJob(
    "landscape",
    isAsked ? { of, surface: { u: surface!.u, v: surface!.v, count: COUNT } } : null,
  ).answer?.gives.surface;
  const slope = useJob("landscape", isAsked ? { of, at: pointer } : null).answer?.gives.point;
  const ways = useMemo(() => waysOf(surface?.path, words.names["path"] ?? ""), [surface, words]);
  if (isVeiled || !heights) return null;
  const names = [words.names[view.u]!, words.names[view.v]!] as const;
  return (
    <div class="lesson-surface">
      <ContourMap
        label={text.contours(names.join(", "))}
        what="lossSurface"
        heights={heights}
        names={names}
        ways={ways}
        pointer={pointer}
        onPointer={(u, v) => onMove({ [view.u]: u, [view.v]: v })}
        slope={slope ?? null}
        starts={[]}
        onStart={() => {}}
        tapMoves="pointer"
      />
      <Surface3D
        label={text.inSpace(names.join(", "))}
        what="lossSurface"
        heights={heights}
        names={names}
        ways={ways}
        turn={turn}
        onTurn={setTurn}
      />
      <TableAlternative
        caption={text.heights(names.join(", "))}
        columns={[...names, text.height]}
        rows={() => heightRows(heights)}
      />
    </div>
  );
}

function waysOf(
  path:
    | {
        readonly u: readonly number[];
        readonly v: readonly number[];
        readonly height: readonly number[];
      }
    | undefined,
  name: string,
): DrawnWay[] {
  return path ? [{ ...path, name, look: "series-0", shown: path.u.length }] : [];
}
