// What one may ask of a graph besides: both modes, Jacobians, the check, Mazur's schemes. Each is computed once it is
// opened.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import type { Layered } from "../walk/roles.ts";
import type { Graph } from "../walk/walk.ts";
import { CheckPanel } from "./check-panel.tsx";
import { JacobiansPanel } from "./jacobians-panel.tsx";
import { MazurPanel } from "./mazur-panel.tsx";
import { ModesPanel } from "./modes-panel.tsx";

export function BesidePanels(props: { graph: Graph; layered: Layered | null; isMazur: boolean }) {
  const { graph, layered, isMazur } = props;
  const text = useText("backprop");
  return (
    <div class="beside">
      {isMazur && (
        <Fold title={text.schemes} what="learningRate">
          <MazurPanel />
        </Fold>
      )}
      <Fold title={text.modes} what="reverseMode">
        <ModesPanel graph={graph} />
      </Fold>
      <Fold title={text.jacobians} what="jacobian">
        <JacobiansPanel graph={graph} layered={layered} />
      </Fold>
      <Fold title={text.check} what="difference">
        <CheckPanel graph={graph} />
      </Fold>
    </div>
  );
}

function Fold(props: { title: string; what: string; children: ComponentChildren }) {
  const { title, what, children } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="fold" data-what={what} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  );
}
