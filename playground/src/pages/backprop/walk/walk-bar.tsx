// The controls of the walk: buttons, a slider, keys and a presenter's clicker.

import { useEffect, useRef } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import { Choice } from "../../../widgets/index.ts";
import type { Graph } from "./walk.ts";

export interface WalkBarProps {
  readonly at: number;
  readonly length: number;
  readonly onGo: (at: number) => void;
  /** Whether its keys hold everywhere on the page. */
  readonly isGlobal: boolean;
}

export function WalkBar(props: WalkBarProps) {
  const { at, length, onGo, isGlobal } = props;
  const text = useText("backprop");
  useWalkKeys(at, length, onGo, isGlobal);
  const button = (label: string, sign: string, to: number) => (
    <button
      type="button"
      class="icon"
      aria-label={label}
      title={label}
      disabled={to === at}
      onClick={() => onGo(to)}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <div class="walk-bar" data-what="walkBar">
      <div class="walk-buttons" role="toolbar" aria-label={text.walk}>
        {button(text.toStart, "|◀", 0)}
        {button(text.back, "◀", Math.max(at - 1, 0))}
        <button
          type="button"
          class="primary"
          disabled={at === length}
          onClick={() => onGo(Math.min(at + 1, length))}
        >
          {text.next} <span aria-hidden="true">▶</span>
        </button>
        {button(text.toEnd, "▶|", length)}
      </div>
      <div class="walk-slider">
        <input
          type="range"
          min={0}
          max={length}
          value={at}
          aria-label={text.place}
          aria-valuetext={text.placeOf(at, length)}
          onInput={(event) => onGo(Number(event.currentTarget.value))}
        />
        <output>
          {at} / {length}
        </output>
      </div>
    </div>
  );
}

export interface WalkModeProps {
  readonly graph: Graph;
  /** As in "reverse f". */
  readonly mode: string;
  readonly onMode: (mode: string) => void;
  readonly isGlobal: boolean;
}

/** Which derivatives the walk is for, and its keys: what is chosen once stands behind what is used all the time. */
export function WalkMode({ graph, mode, onMode, isGlobal }: WalkModeProps) {
  const text = useText("backprop");
  return (
    <div class="walk-mode">
      <Choice
        label={text.mode}
        value={mode}
        options={[
          ...graph.reverse.map(({ of }) => [`reverse ${of}`, text.reverseOf(of)] as const),
          ...graph.forward.map(({ of }) => [`forward ${of}`, text.forwardOf(of)] as const),
        ]}
        onChange={onMode}
        what="autodiff"
      />
      {isGlobal && <p class="note walk-keys">{text.walkKeys}</p>}
    </div>
  );
}

function useWalkKeys(
  at: number,
  length: number,
  onGo: (at: number) => void,
  isGlobal: boolean,
): void {
  const latest = useRef<(key: string) => number | null>(() => null);
  latest.current = (key) => {
    switch (key) {
      case "ArrowRight":
      case "PageDown":
      case "n":
        return Math.min(at + 1, length);
      case "ArrowLeft":
      case "PageUp":
      case "p":
        return Math.max(at - 1, 0);
      case "Home":
        return 0;
      case "End":
        return length;
      default:
        return null;
    }
  };
  useEffect(() => {
    if (!isGlobal) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const hasOwn = target.closest("input, select, textarea, dialog, summary, [data-own-keys]");
      if (hasOwn || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = latest.current(event.key);
      if (to === null) return;
      event.preventDefault();
      onGo(to);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onGo, isGlobal]);
}
