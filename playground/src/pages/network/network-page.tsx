// The page `#/network`: data, network and output side by side, as in TF Playground, with the controls around them.

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useState } from "preact/hooks";
import { useSlice, useText, useTraining } from "../../app/index.ts";
import { DataPanel, LayersPanel, ShelfPanel, TrainingPanel } from "./controls/index.ts";
import { NetPanel } from "./net/net-panel.tsx";
import { CurvesPanel, OutputPanel } from "./output/output-panel.tsx";
import { StepPanel } from "./steps/step-panel.tsx";
import { TransportBar } from "./steps/transport-bar.tsx";
import { Trouble } from "./steps/trouble.tsx";
import "./network.css";

export function NetworkPage() {
  const text = useText("network");
  const settings = useSlice((state) => state.settings);
  const training = useTraining(settings);
  const [isPresenting, setPresenting] = useState(false);
  const pointed = useSignal<string | null>(null);
  useRootMark(isPresenting ? "presented" : "shown");
  return (
    <article class={`page network-page ${isPresenting ? "is-presenting" : ""}`}>
      <header class="network-head">
        <div>
          <h1>{text.title}</h1>
          <p class="lead">{text.lead}</p>
        </div>
        <button
          type="button"
          aria-pressed={isPresenting}
          data-what="present"
          onClick={() => setPresenting(!isPresenting)}
        >
          {text.present}
        </button>
      </header>
      <TransportBar training={training} />
      <Trouble training={training} />
      <div class="network-columns">
        <section class="network-data" aria-labelledby="network-data">
          <h2 id="network-data">{text.data}</h2>
          <DataPanel training={training} />
        </section>
        <section class="network-net" aria-labelledby="network-net">
          <h2 id="network-net">{text.net}</h2>
          <div data-control="layers">
            <LayersPanel training={training} />
          </div>
          <NetPanel training={training} onPoint={(unit) => (pointed.value = unit)} />
          <StepPanel training={training} />
        </section>
        <section class="network-output" aria-labelledby="network-output">
          <h2 id="network-output">{text.output}</h2>
          <OutputPanel training={training} pointed={pointed} />
        </section>
        <section class="network-curves" aria-label={text.curves}>
          <CurvesPanel training={training} />
        </section>
      </div>
      <section class="network-training" aria-labelledby="network-training">
        <h2 id="network-training">{text.training}</h2>
        <TrainingPanel training={training} />
      </section>
      <section class="network-shelf" aria-labelledby="network-shelf">
        <h2 id="network-shelf">{text.shelf}</h2>
        <ShelfPanel training={training} />
      </section>
    </article>
  );
}

/** Marks the root for the style sheet; `:has()` would have the root looked through whenever an element changes. */
function useRootMark(mark: string): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset["network"] = mark;
    return () => {
      delete dataset["network"];
    };
  }, [mark]);
}
