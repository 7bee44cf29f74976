// The stages of a compilation side by side: what is pointed at, or has the focus, is lit in all of them.

import { useEffect, useRef, useState } from "preact/hooks";
import { useText } from "../../app/index.ts";
import { MemoryBars } from "./memory-bars.tsx";
import type { Light, Stage } from "./stage.ts";
import "./stage-view.css";

export interface StageViewProps {
  readonly stages: readonly Stage[];
  /** How the keys are used, for screen readers. */
  readonly keys: string;
  readonly kernelsLabel: string;
}

/** Nobody reads more, and thousands of lines take their time to be drawn. */
const MOST_LINES = 160;

export function StageView({ stages, keys, kernelsLabel }: StageViewProps) {
  const root = useRef<HTMLDivElement>(null);
  const light: Light = (values) => {
    for (const line of root.current?.querySelectorAll<HTMLElement>("[data-values]") ?? []) {
      const own = line.dataset["values"]!.split(" ");
      line.classList.toggle(
        "is-lit",
        values.length > 0 && values.some((name) => own.includes(name)),
      );
    }
  };
  return (
    <div class="stage-view" ref={root} onPointerLeave={() => light([])}>
      {stages.map((stage) => (
        <section key={stage.name} class={`stage is-${stage.name}`}>
          <h4 id={`stage-${stage.name}`}>{stage.title}</h4>
          {stage.name === "memory" && (
            <MemoryBars stage={stage} light={light} label={kernelsLabel} />
          )}
          <Lines stage={stage} light={light} keys={keys} />
        </section>
      ))}
    </div>
  );
}

/** One stop of the focus a stage; arrow keys go from line to line. */
function Lines({ stage, light, keys }: { stage: Stage; light: Light; keys: string }) {
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const words = useText("widgets");
  const all = stage.text.trimEnd().split("\n");
  const lines = all.slice(0, MOST_LINES);
  const idOf = (i: number) => `stage-${stage.name}-${i}`;
  const go = (to: number) => {
    const next = Math.min(Math.max(to, 0), lines.length - 1);
    setAt(next);
    light(stage.values[next] ?? []);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(at + by);
  };
  useEffect(() => {
    if (document.activeElement !== list.current) return;
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <>
      <div
        class="stage-lines"
        ref={list}
        role="listbox"
        tabIndex={0}
        data-own-keys
        aria-labelledby={`stage-${stage.name}`}
        aria-description={keys}
        aria-activedescendant={idOf(at)}
        onFocus={() => go(at)}
        onBlur={() => light([])}
        onKeyDown={onKeyDown}
      >
        {lines.map((line, i) => (
          <div
            key={i}
            id={idOf(i)}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            data-values={(stage.values[i] ?? []).join(" ")}
            onPointerEnter={() => light(stage.values[i] ?? [])}
            onPointerDown={() => go(i)}
          >
            {line === "" ? "\u00a0" : line}
          </div>
        ))}
      </div>
      {all.length > lines.length && (
        <p class="note">{words.linesShown(lines.length, all.length)}</p>
      )}
    </>
  );
}
