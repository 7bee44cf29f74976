// A computation graph of an answer: walked through as on the page of backpropagation.

import { useEffect, useState } from "preact/hooks";
import { useJob } from "../../../app/index.ts";
import type { Jobs } from "../../../protocol/index.ts";
import { EquationsPanel } from "../../backprop/beside/equations-panel.tsx";
import { GraphPanel } from "../../backprop/walk/graph-panel.tsx";
import { layeredOf } from "../../backprop/walk/roles.ts";
import { lengthOf } from "../../backprop/walk/walk.ts";
import { WalkBar, WalkMode } from "../../backprop/walk/walk-bar.tsx";
import type { ViewProps } from "./view.ts";
import "../../backprop/walk/walk.css";

export function GraphOfAnswer({ view, answer, isVeiled }: ViewProps<"graph">) {
  const asked = answer.graphs?.[view.of];
  const { answer: found } = useJob(
    "unfold",
    asked ? { source: { kind: "written", ...asked } } : null,
  );
  return found && <Walked view={view} graph={found.gives} isVeiled={isVeiled} />;
}

interface WalkedProps extends Pick<ViewProps<"graph">, "view" | "isVeiled"> {
  readonly graph: Jobs["unfold"]["gives"];
}

/** Before the prediction nothing is computed but the inputs; then the reader sees all of it, and may go back. */
function Walked({ view, graph, isVeiled }: WalkedProps) {
  const [mode, setMode] = useState(view.pass ?? "");
  const passes = [...graph.reverse, ...graph.forward];
  const pass = passes.find((one) => `${one.mode} ${one.of}` === mode) ?? passes[0]!;
  const walk = { graph, pass };
  const length = lengthOf(walk);
  const [at, setAt] = useState(length);
  useEffect(() => setAt(length), [length]);
  const place = isVeiled ? 0 : Math.min(at, length);
  const layered = view.hasEquations ? layeredOf(graph) : null;
  return (
    <div class="lesson-graph">
      {!isVeiled && <WalkBar at={place} length={length} onGo={setAt} isGlobal={false} />}
      <GraphPanel walk={walk} at={place} onGo={isVeiled ? () => {} : setAt} />
      {!isVeiled && (
        <WalkMode
          graph={graph}
          mode={`${pass.mode} ${pass.of}`}
          onMode={setMode}
          isGlobal={false}
        />
      )}
      {layered && <EquationsPanel layered={layered} walk={walk} at={place} example={null} />}
    </div>
  );
}
