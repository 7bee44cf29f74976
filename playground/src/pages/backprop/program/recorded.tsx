// The formula recorded as it runs: nodes appear one by one.

import { useEffect, useState } from "preact/hooks";
import { useSlice, useText } from "../../../app/index.ts";
import type { Jobs } from "../../../protocol/index.ts";
import { plain } from "../numbers.ts";

const LINE_MS = 350;

export function Recorded({ nodes }: { nodes: Jobs["program"]["gives"]["recorded"] }) {
  const text = useText("backprop");
  const isCalm = useSlice((state) => state.reducedMotion);
  const [shown, setShown] = useState(1);
  const [isRunning, setRunning] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    if (shown >= nodes.length) {
      setRunning(false);
      return;
    }
    const timer = setTimeout(
      () => setShown(isCalm ? nodes.length : shown + 1),
      isCalm ? 0 : LINE_MS,
    );
    return () => clearTimeout(timer);
  }, [isRunning, shown, nodes.length, isCalm]);
  const isDone = shown >= nodes.length;
  return (
    <section aria-labelledby="recorded">
      <h3 id="recorded">{text.recorded}</h3>
      <div class="row">
        <button type="button" disabled={isDone} onClick={() => setShown(shown + 1)}>
          {text.runOn}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            if (isDone) setShown(1);
            setRunning(true);
          }}
        >
          {isDone ? text.runAgain : text.runAll}
        </button>
        <output>{text.recordedCount(Math.min(shown, nodes.length), nodes.length)}</output>
      </div>
      <ol class="recorded">
        {nodes.slice(0, shown).map(({ name, op, reads, value }, i) => (
          <li key={`${i} ${name}`}>
            <code>
              {name} = {op}({op === "constant" ? plain(value) : reads.join(", ")})
            </code>
            <span class="recorded-value">{plain(value, 6)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
