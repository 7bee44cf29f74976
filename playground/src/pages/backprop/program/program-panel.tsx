// Static and dynamic: the formula recorded as it runs, and compiled once with its gradient, stage by stage.

import { useText } from "../../../app/index.ts";
import { useJob } from "../use-job.ts";
import type { Graph } from "../walk/walk.ts";
import { BranchPanel } from "./branch-panel.tsx";
import { Compiled } from "./compiled.tsx";
import { Recorded } from "./recorded.tsx";

export function ProgramPanel({ graph }: { graph: Graph }) {
  const text = useText("backprop");
  const at = Object.fromEntries(graph.inputs.map(({ name, value }) => [name, value]));
  const asks = { text: graph.text, at };
  const { gives } = useJob("program", graph.inputs.length > 0 ? asks : null);
  return (
    <section class="program-panel" aria-labelledby="program" data-what="staticGraph">
      <h2 id="program">{text.program}</h2>
      <p>{text.programSays}</p>
      {gives && (
        <div class="program-pair">
          <Recorded key={graph.text} nodes={gives.recorded} />
          <Compiled formula={gives} asks={asks} />
        </div>
      )}
      <BranchPanel />
    </section>
  );
}
