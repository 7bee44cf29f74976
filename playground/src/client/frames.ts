// Frames outside of the state: what the worker sent last, and the curves of the run so far.

import { type Signal, signal } from "@preact/signals";
import type { Diagnosis, Frame, LoadedInfo, StopReason } from "../protocol/index.ts";
import type { HistoryRow } from "./history.ts";
import { type Mark, withMark } from "./marks.ts";

export interface Stopped {
  readonly reason: StopReason;
  readonly diagnosis: Diagnosis | null;
}

/** Mutable on purpose: it changes fifty times a second. `frameId` says when; painters read the rest. */
export class Frames {
  readonly frameId: Signal<number> = signal(0);
  /** Null until a network is loaded. */
  readonly info: Signal<LoadedInfo | null> = signal(null);
  readonly isPlaying: Signal<boolean> = signal(false);
  readonly stopped: Signal<Stopped | null> = signal(null);
  current: Frame | null = null;
  /** One row a frame, in the order of steps, all of the run. */
  history: HistoryRow[] = [];
  /** What happened, in the order of steps. */
  readonly marks: Signal<readonly Mark[]> = signal([]);

  /** @param before the curves that another run ends with, where this one goes on from it */
  loaded(info: LoadedInfo, isAnew: boolean, before: readonly HistoryRow[] = []): void {
    this.info.value = info;
    if (isAnew) {
      this.history = [...before];
      this.marks.value = [];
    }
    this.stopped.value = null;
  }

  /** Notes what happens at a step of the run. */
  mark(mark: Mark): void {
    const furthest = Math.max(this.current?.furthest ?? 0, mark.step);
    this.marks.value = withMark(this.marks.value, mark, furthest);
  }

  take(frame: Frame): void {
    this.current = frame;
    const { step, epoch, furthest, metrics } = frame;
    // Another training began at this step: what came after it is no more.
    if (furthest < (this.history.at(-1)?.step ?? -1)) {
      this.history = this.history.filter((row) => row.step < step);
      this.marks.value = this.marks.value.filter((mark) => mark.step <= step);
    }
    const last = this.history.at(-1)?.step ?? -1;
    // A weight that was set by hand gives the last step other numbers.
    if (step === last) this.history.pop();
    if (step >= last) this.history.push({ step, epoch, ...metrics });
    this.frameId.value = frame.frame;
  }
}
