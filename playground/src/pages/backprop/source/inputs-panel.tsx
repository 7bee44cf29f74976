// The numbers that go in: each can be changed, and all others follow.

import { useText } from "../../../app/index.ts";
import { NumberField } from "../../../widgets/index.ts";
import type { Graph } from "../walk/walk.ts";
import type { SourceChoice } from "./choice.ts";

export function InputsPanel(props: {
  readonly graph: Graph;
  readonly choice: SourceChoice;
  readonly change: (by: Partial<SourceChoice>) => void;
}) {
  const { graph, choice, change } = props;
  const text = useText("backprop");
  if (graph.inputs.length === 0) return null;
  return (
    <section class="inputs-panel" data-what="expressionInputs" aria-labelledby="inputs">
      <h2 id="inputs">{text.inputs}</h2>
      <p class="note">{choice.name === "network" ? text.asNetwork : text.inputsHint}</p>
      <div class="inputs-grid">
        {graph.inputs.map(({ name, value }) => (
          <NumberField
            key={name}
            label={name}
            // What was set counts before its graph is there: two quick steps are two.
            value={choice.at[name] ?? value}
            step={0.1}
            onChange={(next) => change({ at: { ...choice.at, [name]: next } })}
          />
        ))}
      </div>
      <button
        type="button"
        disabled={Object.keys(choice.at).length === 0}
        onClick={() => change({ at: {} })}
      >
        {text.resetInputs}
      </button>
    </section>
  );
}
