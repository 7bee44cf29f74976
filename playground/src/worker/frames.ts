// Frames: what the page sees of a run. At most one is under way, and only wanted views are in it.

import type { Frame, ViewRequest, ViewResult } from "../protocol/index.ts";
import type { Inside } from "../state/index.ts";
import type { Clock } from "./run/clock.ts";
import { type Judgement, judgementOf } from "./run/judgement.ts";
import { epochOf, type LiveRun } from "./run/live-run.ts";
import type { Post } from "./run/post.ts";
import { computeView } from "./views/index.ts";

/** While a run plays, frames are at least so far apart: views and metrics leave the time to training. */
const APART_MS = 1000 / 30;

export class Frames {
  readonly #post: Post;
  readonly #clock: Clock;
  #wanted: Readonly<Record<string, ViewRequest>> = {};
  /** The frame that the page has not taken yet; 0 for none. */
  #underWay = 0;
  #last = 0;
  /** Something has changed since the last frame. */
  #isDue = false;
  /** Of the state that the run is in; null until somebody asks. */
  #judgement: Promise<Judgement> | null = null;
  #inside: Inside | null = null;
  /** Since speed was last measured. */
  #steps = 0;
  #trainedMs = 0;
  #since = 0;
  #sent = Number.NEGATIVE_INFINITY;
  #speed: Speed = { examplesPerSecond: 0, epochMs: null };

  constructor(post: Post, clock: Clock) {
    this.#post = post;
    this.#clock = clock;
  }

  want(views: Readonly<Record<string, ViewRequest>>): void {
    this.#wanted = views;
  }

  /** Another run: how fast it is trained is not known yet. */
  begun(): void {
    [this.#steps, this.#trainedMs, this.#since] = [0, 0, this.#clock.now()];
    this.#speed = { examplesPerSecond: 0, epochMs: null };
  }

  /** The run is in another state now: what is known of the last one says nothing of it. */
  changed(inside: Inside | null): void {
    this.#judgement = null;
    this.again(inside);
  }

  /** The state is the same, and something else is to be shown: other views, or another place inside of the next step. */
  again(inside: Inside | null): void {
    this.#isDue = true;
    this.#inside = inside;
  }

  /** Steps that were run, and how long the engine took for them. */
  trained(steps: number, ms: number): void {
    this.#steps += steps;
    this.#trainedMs += ms;
  }

  /** The page has drawn a frame; what has changed meanwhile is sent. */
  async done(frame: number, live: LiveRun | null, isPlaying = false): Promise<void> {
    if (frame === this.#underWay) this.#underWay = 0;
    await this.offer(live, isPlaying);
  }

  /**
   * Sends a frame, unless one is under way or nothing has changed.
   * @param isPlaying another comes soon: it may wait until the last is old enough
   */
  async offer(live: LiveRun | null, isPlaying = false): Promise<void> {
    if (!live || !this.#isDue || this.#underWay !== 0) return;
    const now = this.#clock.now();
    if (isPlaying && now - this.#sent < APART_MS) return;
    this.#sent = now;
    this.#isDue = false;
    this.#underWay = ++this.#last;
    const frame = await this.#frameOf(live);
    this.#post({ kind: "frame", ...frame }, buffersIn(frame.views));
  }

  /** How the run does as it is, losses and metrics among it; found once for each state. */
  judgement(live: LiveRun): Promise<Judgement> {
    this.#judgement ??= judgementOf(live);
    return this.#judgement;
  }

  async #frameOf(live: LiveRun): Promise<Frame> {
    const { timeline, base } = live;
    const began = this.#clock.now();
    const views = await this.#viewsOf(live);
    const { metrics } = await this.judgement(live);
    const now = this.#clock.now();
    return {
      frame: this.#underWay,
      step: base + timeline.step,
      epoch: epochOf(live),
      first: base,
      furthest: base + timeline.furthest,
      inside: this.#inside,
      metrics,
      views,
      stats: {
        ...this.#speedOf(live, now),
        viewMs: now - began,
        learningRate: timeline.model.training.learningRate.item(),
      },
    };
  }

  /** What two parts of a page ask for alike is computed once. */
  async #viewsOf(live: LiveRun): Promise<Readonly<Record<string, ViewResult>>> {
    const state = { inside: this.#inside, judgement: () => this.judgement(live) };
    const known = new Map<string, ViewResult>();
    const views: Record<string, ViewResult> = {};
    for (const [key, request] of Object.entries(this.#wanted)) {
      const asked = JSON.stringify(request);
      const result = known.get(asked) ?? (await computeView(live, request, state));
      known.set(asked, result);
      views[key] = result;
    }
    return views;
  }

  /** Over at least half a second. */
  #speedOf({ settings, timeline }: LiveRun, now: number): Speed {
    const seconds = (now - this.#since) / 1000;
    if (seconds < 0.5) return this.#speed;
    const [steps, ms] = [this.#steps, this.#trainedMs];
    this.#speed = {
      examplesPerSecond: (steps * settings.run.training.batchSize) / seconds,
      epochMs: steps > 0 ? (ms / steps) * timeline.stepsPerEpoch : this.#speed.epochMs,
    };
    [this.#steps, this.#trainedMs, this.#since] = [0, 0, now];
    return this.#speed;
  }
}

type Speed = Pick<Frame["stats"], "examplesPerSecond" | "epochMs">;

/** The buffers of arrays in views: they are handed over, not copied, each once. */
function buffersIn(views: unknown): Transferable[] {
  const found = new Set<Transferable>();
  const visit = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(views);
  return [...found];
}
