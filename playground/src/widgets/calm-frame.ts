// Frames for tables and texts: so many a second that they can be read, and the page stays quick.

import { useSignalEffect } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import type { Frames } from "../client/index.ts";
import type { Frame } from "../protocol/index.ts";

/** The frame as it was at most so long ago; the component is drawn again when it changes. */
export function useCalmFrame(frames: Frames, milliseconds = 200): Frame | null {
  const [frame, setFrame] = useState<Frame | null>(frames.current);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const last = useRef(-milliseconds);
  useSignalEffect(() => {
    frames.frameId.value;
    const show = () => {
      timer.current = null;
      last.current = performance.now();
      setFrame(frames.current);
    };
    const wait = last.current + milliseconds - performance.now();
    if (wait <= 0 && timer.current === null) show();
    else timer.current ??= setTimeout(show, Math.max(wait, 0));
  });
  return frame;
}
