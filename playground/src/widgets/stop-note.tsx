// Why training stands still, in words; nothing where the reader has stopped it.

import { useText } from "../app/index.ts";
import type { Frames } from "../client/index.ts";

export function StopNote({ frames }: { readonly frames: Frames }) {
  const text = useText("widgets");
  const stopped = frames.stopped.value;
  return (
    <p class={`stop-note ${stopped?.reason === "nan" ? "is-problem" : ""}`} role="status">
      {stopped && wordStop(stopped, text)}
    </p>
  );
}

type Stopped = NonNullable<Frames["stopped"]["value"]>;

function wordStop({ reason, diagnosis }: Stopped, text: ReturnType<typeof useText<"widgets">>) {
  if (reason !== "nan") return text.stoppedUntil;
  const step = String(diagnosis?.step ?? "–");
  const { op, what } = diagnosis ?? {};
  return op && what ? text.stoppedNanOp(step, op, what) : text.stoppedNan(step);
}
