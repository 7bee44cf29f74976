// What the worker says of a landscape: heights, the pointer, and ways, each asked for by itself as it changes.

import { useMemo, useState } from "preact/hooks";
import { useJob } from "../../../app/index.ts";
import type { Descent, Interval, Jobs, Problem } from "../../../protocol/index.ts";
import type { DrawnWay } from "../../../widgets/surface/index.ts";
import { OPTIMIZERS, type OptimizerKey } from "./optimizers.ts";
import type { LandscapeState } from "./presets.ts";

type Gives = Jobs["landscape"]["gives"];

export interface RunWay extends DrawnWay {
  readonly optimizer: OptimizerKey;
  /** The name of its start: A, B, C. */
  readonly start: string;
  readonly lostAt: number | null;
}

export interface LandscapeLook {
  readonly names: Gives["names"] | null;
  readonly surface: Gives["surface"];
  readonly point: Gives["point"];
  readonly ways: readonly RunWay[];
  readonly training: Gives["training"];
  readonly critical: Gives["critical"];
  readonly problem: Problem | null;
  readonly searchCritical: () => void;
  readonly isSearching: boolean;
}

export const START_NAMES = ["A", "B", "C", "D"] as const;
const COUNT = 61;

export function useLandscape(state: LandscapeState): LandscapeLook {
  const { of, pointer, runners, starts, steps } = state;
  const range = { ...(state.u && { u: state.u }), ...(state.v && { v: state.v }) };
  const heights = useJob("landscape", { of, surface: { ...range, count: COUNT } });
  const bend = useJob("landscape", { of, at: pointer });
  const plans = useMemo(
    () =>
      runners.flatMap(({ optimizer, rate, isOn }, i) =>
        isOn ? starts.map((start, j) => ({ optimizer, rate, start, i, j })) : [],
      ),
    [runners, starts],
  );
  const descents: Descent[] = plans.map(({ optimizer, rate, start }) => ({
    optimizer: { ...OPTIMIZERS[optimizer], learningRate: rate },
    start,
    steps,
  }));
  const run = useJob("landscape", { of, descents }, plans);
  const [wanted, setWanted] = useState<{ key: string; u: Interval; v: Interval } | null>(null);
  const key = JSON.stringify(of);
  const window = wanted?.key === key ? { u: wanted.u, v: wanted.v } : null;
  const search = useJob("landscape", window && { of, critical: window });

  const isOf = (asks: Jobs["landscape"]["asks"] | undefined) =>
    asks !== undefined && JSON.stringify(asks.of) === key;
  const here = isOf(heights.answer?.asks) ? heights.answer!.gives : null;
  const surface = here?.surface ?? null;
  const names = useMemo(
    () => here && ([axisName(here.names[0]), axisName(here.names[1])] as const),
    [here],
  );
  const found = isOf(run.answer?.asks) ? run.answer : null;
  const ways = useMemo(
    () =>
      // By the plans that were asked for: the ways of other ones are not theirs.
      (found?.about ?? []).map(({ optimizer, i, j }, k): RunWay => {
        const way = found!.gives.ways[k]!;
        const start = START_NAMES[j]!;
        return {
          ...way,
          name: `${optimizer} ${start}`,
          optimizer,
          start,
          look: `series-${i}`,
          shown: way.u.length,
        };
      }),
    [found],
  );
  const critical = window && isOf(search.answer?.asks) ? search.answer!.gives.critical : null;
  return {
    names,
    surface,
    point: isOf(bend.answer?.asks) ? bend.answer!.gives.point : null,
    ways,
    training: here?.training ?? null,
    critical,
    problem: heights.problem,
    searchCritical: () => surface && setWanted({ key, u: surface.u, v: surface.v }),
    isSearching: window !== null && critical === null,
  };
}

/** Directions through the space of all parameters have no names of their own: c1 and c2. */
function axisName(name: string): string {
  return name.replace(/^\w+ (\d)$/, "c$1");
}
