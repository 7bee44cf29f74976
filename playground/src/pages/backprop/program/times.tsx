// How long both ways take on this machine, measured when the reader wishes it.

import { useEffect, useState } from "preact/hooks";
import { useApp, useLatest, useText } from "../../../app/index.ts";
import type { Jobs } from "../../../protocol/index.ts";
import { plain } from "../numbers.ts";

export function Times({ asks }: { asks: Jobs["program"]["asks"] }) {
  const text = useText("backprop");
  const app = useApp();
  const [times, setTimes] = useState<Jobs["programTimes"]["gives"] | "busy" | null>(null);
  const key = JSON.stringify(asks);
  useEffect(() => setTimes(null), [key]);
  const latest = useLatest(key);
  const measure = () => {
    setTimes("busy");
    // Of another program by then, they are not shown.
    const show = (found: typeof times) => latest.current === key && setTimes(found);
    app
      .training()
      .ask("programTimes", asks)
      .then(show, () => show(null));
  };
  const shown = (x: number) => plain(x, 3);
  return (
    <div class="row times">
      <button type="button" disabled={times === "busy"} onClick={measure}>
        {times === "busy" ? text.measuring : text.measure}
      </button>
      <p role="status">
        {times !== null &&
          times !== "busy" &&
          text.times(
            shown(times.recorded),
            shown(times.compiled),
            shown(times.compiling),
            times.calls,
          )}
      </p>
    </div>
  );
}
