// The plane as a hidden layer sees it: which layer, and which two of its units.

import { useMemo } from "preact/hooks";
import { useText, useViews } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import type { ViewRequest } from "../../../protocol/index.ts";
import { Choice } from "../../../widgets/index.ts";
import { WarpedSpace } from "../../../widgets/warped-space/warped-space.tsx";
import type { Net } from "../use-net.ts";
import { useOwn } from "../use-own.ts";

/** Lines of the grid each way. */
const LINES = 13;

export function SpacePanel({ training, net }: { readonly training: Training; readonly net: Net }) {
  const text = useText("network");
  const hidden = net.layers.slice(1, -1);
  const [layer, setLayer] = useOwn<string>("spaceLayer", "");
  const [first, setFirst] = useOwn<number>("spaceFirst", 0);
  const [second, setSecond] = useOwn<number>("spaceSecond", 1);
  const shown = hidden.find(({ name }) => name === layer) ?? hidden.at(-1)!;
  const last = shown.units - 1;
  const units = useMemo(
    () => [Math.min(first, last), Math.min(second, last)] as const,
    [first, second, last],
  );
  const views = useMemo<Record<string, ViewRequest>>(
    () => ({ space: { view: "space", layer: shown.name, units, lines: LINES } }),
    [shown.name, units],
  );
  useViews(training, views);
  const options = Array.from(
    { length: shown.units },
    (_, unit) => [String(unit), text.unitShort(unit + 1)] as const,
  );
  const info = training.frames.info.value!;
  return (
    <>
      <div class="plane-controls" data-what="hiddenSpace">
        <Choice
          label={text.layer}
          value={shown.name}
          options={hidden.map(
            ({ name }, i) => [name, text.layerName(i + 1, net.layers.length - 1)] as const,
          )}
          onChange={setLayer}
        />
        <Choice
          label={text.across}
          value={String(units[0])}
          options={options}
          onChange={(unit) => setFirst(Number(unit))}
        />
        <Choice
          label={text.upwards}
          value={String(units[1])}
          options={options}
          onChange={(unit) => setSecond(Number(unit))}
        />
      </div>
      <WarpedSpace
        frames={training.frames}
        view="space"
        label={text.spaceTitle}
        axes={[text.unitShort(units[0] + 1), text.unitShort(units[1] + 1)]}
        train={info.data.train}
        classes={info.data.classes}
      />
    </>
  );
}
