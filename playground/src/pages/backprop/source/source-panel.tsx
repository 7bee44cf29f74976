// What is unfolded: one of the books' formulas, the current network with an example, or a formula of one's own.

import { useEffect, useId, useState } from "preact/hooks";
import { useSlice, useText, useTraining } from "../../../app/index.ts";
import type { Problem } from "../../../protocol/index.ts";
import { Choice, NumberField, ProblemText } from "../../../widgets/index.ts";
import type { Graph } from "../walk/walk.ts";
import { SOURCES, type SourceChoice } from "./choice.ts";

export interface SourcePanelProps {
  readonly choice: SourceChoice;
  readonly change: (by: Partial<SourceChoice>) => void;
  readonly graph: Graph | null;
  readonly problem: Problem | null;
}

export function SourcePanel({ choice, change, graph, problem }: SourcePanelProps) {
  const text = useText("backprop");
  const network = graph?.network;
  return (
    <section class="source-panel" data-what="expression" aria-label={text.source}>
      <Choice
        label={text.example}
        value={choice.name}
        options={SOURCES.map((name) => [name, text.sources[name]] as const)}
        onChange={(name) =>
          change({ name, at: {}, ...(name === "written" && graph && { text: graph.text }) })
        }
        what="computationGraph"
      />
      {choice.name === "network" && (
        <>
          <NetworkLoader />
          <NumberField
            label={`${text.exampleNumber} ${network ? text.ofExamples(network.examples) : ""}`}
            value={choice.example + 1}
            min={1}
            max={network?.examples ?? Number.POSITIVE_INFINITY}
            digits={1}
            onChange={(value) => change({ example: Math.round(value) - 1, at: {} })}
          />
          {network && !network.isChain && (
            <p class="note">
              {network.rows.length > 1
                ? text.ofMinibatch(network.rows.map((row) => row + 1).join(", "))
                : text.ofOneExample}
            </p>
          )}
        </>
      )}
      <Written choice={choice} change={change} graph={graph} problem={problem} />
      {problem && (
        <p class="source-problem" id="source-problem" role="alert">
          <ProblemText problem={problem} />
        </p>
      )}
      {problem?.code === "expression" && <Caret {...problem.data} />}
    </section>
  );
}

/** The formula itself; writing in it makes it one's own. */
function Written({ choice, change, graph, problem }: SourcePanelProps) {
  const text = useText("backprop");
  const id = useId();
  const shown = choice.name === "written" ? choice.text : (graph?.text ?? "");
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      change({ name: "written", text: typed, ...(graph && { at: pointOf(graph) }) });
      setTyped(null);
    }, 350);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div class="written">
      <label for={id}>{text.expression}</label>
      <textarea
        id={id}
        rows={Math.min(Math.max((typed ?? shown).split("\n").length, 2), 7)}
        spellcheck={false}
        autocomplete="off"
        maxLength={4000}
        aria-invalid={problem?.code === "expression"}
        aria-describedby={`${id}-hint ${problem ? "source-problem" : ""}`}
        value={typed ?? shown}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <p class="note" id={`${id}-hint`}>
        {text.expressionHint}
      </p>
    </div>
  );
}

/** The line in which the mistake is, and a sign below its place. */
function Caret({ text, at }: { readonly text: string; readonly at: number }) {
  const start = text.lastIndexOf("\n", Math.max(at - 1, 0)) + 1;
  const line = text.slice(start).split("\n")[0]!;
  return (
    <pre class="source-caret" aria-hidden="true">
      {line}
      {"\n"}
      {" ".repeat(Math.max(at - start, 0))}▲
    </pre>
  );
}

/** Loads the settings' network where it is not loaded yet. */
function NetworkLoader() {
  useTraining(useSlice((state) => state.settings));
  return null;
}

function pointOf({ inputs }: Graph): Record<string, number> {
  return Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
}
