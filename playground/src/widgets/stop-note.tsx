// Why training stands still, in words; nothing where the reader has stopped it.

import { useState } from "preact/hooks";
import { useText } from "../app/index.ts";
import type { Frames } from "../client/index.ts";

export function StopNote({ frames }: { readonly frames: Frames }) {
  const text = useText("widgets");
  const stopped = frames.stopped.value;
  return (
    <p class={`stop-note ${stopped?.reason === "nan" ? "is-problem" : ""}`} role="status">
      {stopped?.reason === "nan" && <Broken diagnosis={stopped.diagnosis} />}
      {stopped && stopped.reason !== "nan" && text.stoppedUntil}
    </p>
  );
}

type Diagnosis = NonNullable<Frames["stopped"]["value"]>["diagnosis"];

/** The step, the op, what it gave, and where that was seen first. */
function Broken({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const text = useText("widgets");
  const step = String(diagnosis?.step ?? "–");
  if (!diagnosis?.op) return <>{text.stoppedNan(step)}</>;
  const { op, what, fault } = diagnosis;
  return (
    <>
      {text.stoppedAt(step)}
      <OpWord key={op} op={op} />
      {text.stoppedBy(
        fault ? text.faults[fault] : text.noFiniteNumber,
        what === LOSS ? text.theLoss : what,
      )}
    </>
  );
}

/** As the engine calls it where it is no variable: see firstFaultOf(). */
const LOSS = "the loss";

/** An op in words; tapped, with the name that the engine has for it, as in `mul`. */
function OpWord({ op }: { readonly op: string }) {
  const text = useText("widgets");
  const [isOpen, setOpen] = useState(false);
  const word = Object.hasOwn(text.ops, op) ? text.ops[op as keyof typeof text.ops] : null;
  if (word === null) return <code>{op}</code>;
  return (
    <button
      type="button"
      class="op-word"
      title={op}
      aria-expanded={isOpen}
      onClick={() => setOpen(!isOpen)}
    >
      {word}
      {isOpen && (
        <code lang="en" translate={false}>
          {` ${op}`}
        </code>
      )}
    </button>
  );
}
