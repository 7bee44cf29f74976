// Layers, their units and activations: above the drawing of the network.

import { useText } from "../../../app/index.ts";
import {
  effectOf,
  MOST_LAYERS,
  stackOf,
  withLayerAdded,
  withLayerRemoved,
} from "../../../state/index.ts";
import { EffectMark } from "../../../widgets/index.ts";
import { ConflictNotes } from "./conflict-notes.tsx";
import { HiddenCard } from "./layers/hidden-card.tsx";
import { OutputCard } from "./layers/output-card.tsx";
import type { PanelProps } from "./panel.ts";
import { useSettings } from "./use-settings.ts";

export function LayersPanel({ training }: PanelProps) {
  const text = useText("controls");
  const { settings, setRun } = useSettings();
  const stack = stackOf(settings.run);
  if (!stack) return <p class="hint">{text.otherLayers}</p>;
  const { hidden, output, input } = stack;
  const sizes = [
    (input["shape"] as readonly number[]).join("×"),
    ...hidden.map(({ dense }) => String(dense["units"])),
    String(output["units"]),
  ];
  return (
    <div class="controls layers-panel" data-what="hiddenLayer">
      <div class="button-row">
        <strong class="sizes">{sizes.join(" → ")}</strong>
        <span>
          {text.layerCount(hidden.length)}
          <EffectMark effect={effectOf("run.model.layers")} />
        </span>
        <button
          type="button"
          disabled={hidden.length === 0}
          aria-label={text.removeLastLayer}
          onClick={() => setRun(withLayerRemoved(settings.run, hidden.length - 1))}
        >
          −
        </button>
        <button
          type="button"
          disabled={hidden.length >= MOST_LAYERS}
          aria-label={text.addLayer}
          onClick={() => setRun(withLayerAdded(settings.run))}
        >
          +
        </button>
      </div>
      <details class="layer-details">
        <summary>{text.layerDetails}</summary>
        <ol class="layer-cards">
          {hidden.map((layer, at) => (
            <HiddenCard key={at} layer={layer} at={at} />
          ))}
          <OutputCard output={output} />
        </ol>
      </details>
      <ConflictNotes training={training} places={["layers"]} />
    </div>
  );
}
