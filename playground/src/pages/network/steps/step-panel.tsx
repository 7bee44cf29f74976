// What the last step did: an op with its value, an example with z, a and δ, or an update of the weights.

import { useMemo } from "preact/hooks";
import { useFrame, useText, useViews } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import type { ViewRequest } from "../../../protocol/index.ts";
import { useOwn } from "../use-own.ts";
import { UpdateTable } from "./update-table.tsx";
import { WalkTable } from "./walk-table.tsx";

export function StepPanel({ training }: { readonly training: Training }) {
  const text = useText("network");
  const [unit] = useOwn<string>("unit", "epoch");
  const isWalking = unit === "op" || unit === "example";
  const views = useMemo<Record<string, ViewRequest>>(
    () => (isWalking ? { walk: { view: "walk" } } : {}),
    [isWalking],
  );
  useViews(training, views);
  const frame = useFrame(training.frames, 17);
  const view = frame?.views["walk"];
  const walk = view?.view === "walk" ? view.walk : null;
  if (unit === "epoch") return null;
  return (
    <section
      class="step-panel"
      aria-labelledby="step-panel"
      data-what={isWalking ? "opStep" : "minibatch"}
    >
      <h3 id="step-panel">{text.lastStep}</h3>
      {isWalking && walk && frame?.inside ? (
        <WalkTable walk={walk} inside={frame.inside} />
      ) : (
        <UpdateTable training={training} hint={isWalking ? text.walkHint : text.updateHint} />
      )}
    </section>
  );
}
