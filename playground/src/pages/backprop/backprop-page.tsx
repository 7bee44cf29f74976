// The page `#/backprop`: a computation graph walked forwards and backwards, and beside it what a compiler makes of it.

import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useApp, useText } from "../../app/index.ts";
import { BesidePanels } from "./beside/beside-panels.tsx";
import { Equations, LayerNumbers, LayersOfRecord } from "./beside/equations-panel.tsx";
import { ProgramPanel } from "./program/program-panel.tsx";
import { sourceOf, useSourceChoice } from "./source/choice.ts";
import { InputsPanel } from "./source/inputs-panel.tsx";
import { SourcePanel } from "./source/source-panel.tsx";
import { useJob } from "./use-job.ts";
import { GraphPanel } from "./walk/graph-panel.tsx";
import { OpList } from "./walk/op-list.tsx";
import { OpPanel } from "./walk/op-panel.tsx";
import { type Layered, layeredOf } from "./walk/roles.ts";
import { type Graph, lengthOf, stopAt, type Walk } from "./walk/walk.ts";
import { WalkBar, WalkMode } from "./walk/walk-bar.tsx";
import "./backprop.css";
import "./walk/walk.css";

export function BackpropPage() {
  const text = useText("backprop");
  const [choice, change] = useSourceChoice();
  const { frames } = useApp().training();
  // The network of another run is another network.
  const run = choice.name === "network" ? frames.info.value : null;
  const { gives, problem } = useJob("unfold", { source: sourceOf(choice) }, run);
  // A formula that is being written keeps its last graph; what has none shows none.
  const graph = problem?.code === "noGraph" ? null : gives;
  // Other layers between them, the four equations do not say what acts.
  const layered = useMemo(
    () => (graph && graph.network?.isChain !== false ? layeredOf(graph) : null),
    [graph],
  );
  return (
    <article class="page backprop-page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
      <div class={`backprop-columns ${layered ? "has-equations" : ""}`}>
        <SourcePanel choice={choice} change={change} graph={graph} problem={problem} />
        {graph && (
          <Walked
            graph={graph}
            layered={layered}
            example={choice.name === "network" ? choice.example : null}
            isMazur={choice.name === "mazur"}
          >
            <InputsPanel graph={graph} choice={choice} change={change} />
          </Walked>
        )}
      </div>
      {problem?.code === "noGraph" && choice.name === "network" && (
        <section class="layer-numbers" aria-label={text.layerByLayer}>
          <LayersOfRecord example={choice.example} />
        </section>
      )}
      {graph && <ProgramPanel graph={graph} />}
    </article>
  );
}

interface WalkedProps {
  readonly graph: Graph;
  readonly layered: Layered | null;
  readonly example: number | null;
  readonly isMazur: boolean;
  /** The numbers that go in, near to the graph that they change. */
  readonly children: ComponentChildren;
}

/** In the order of a narrow page: the walk and its graph, where one stands, what can be changed, then what explains. */
function Walked({ graph, layered, example, isMazur, children }: WalkedProps) {
  const { announcer } = useApp();
  const text = useText("backprop");
  const [mode, setMode] = useState("");
  const passes = [...graph.reverse, ...graph.forward];
  const pass = passes.find((pass) => `${pass.mode} ${pass.of}` === mode) ?? passes[0];
  const [at, setAt] = useState(0);
  // Another formula is another walk; other numbers are not.
  useEffect(() => setAt(0), [graph.text]);
  const go = useCallback((to: number) => setAt(to), []);
  const walk: Walk | null = pass ? { graph, pass } : null;
  const length = walk ? lengthOf(walk) : 0;
  const place = Math.min(at, length);
  useEffect(() => {
    if (!walk || place === 0) return;
    const stop = stopAt(walk, place);
    if ("operation" in stop)
      announcer.say(`${text.placeOf(place, length)}: ${stop.operation.name}`);
  }, [place]);
  if (!walk) return <>{children}</>;
  return (
    <>
      <div class="backprop-walk">
        <WalkBar at={place} length={length} onGo={go} isGlobal />
        <GraphPanel walk={walk} at={place} onGo={go} />
      </div>
      <OpPanel walk={walk} at={place} />
      {children}
      <WalkMode
        graph={graph}
        mode={`${walk.pass.mode} ${walk.pass.of}`}
        onMode={setMode}
        isGlobal
      />
      {layered && <Equations layered={layered} walk={walk} at={place} />}
      <OpList walk={walk} at={place} onGo={go} />
      <div class="backprop-more">
        {layered && <LayerNumbers layered={layered} walk={walk} at={place} example={example} />}
        <BesidePanels graph={graph} layered={layered} isMazur={isMazur} />
      </div>
    </>
  );
}
