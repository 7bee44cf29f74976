// The session: what the worker does with messages, over a function that posts. No worker is needed to test it.

import type {
  FromWorker,
  StepUnit,
  StopReason,
  ToWorker,
  Until,
  ViewRequest,
} from "../protocol/index.ts";
import type { Inside } from "../state/index.ts";
import { moved, walkOps } from "../state/walk.ts";
import { Frames } from "./frames.ts";
import { problemOf } from "./problem-error.ts";
import { type Clock, SYSTEM_CLOCK } from "./run/clock.ts";
import { diagnosisOf } from "./run/diagnosis.ts";
import {
  changedRun,
  infoOf,
  type LiveRun,
  startRun,
  withRate,
  writeNumbers,
} from "./run/live-run.ts";
import { needRun } from "./run/need-run.ts";
import { Pacer } from "./run/pacer.ts";
import type { Post } from "./run/post.ts";

/** Training runs this long before messages and frames have their turn, if not told otherwise. */
const BUDGET_MS = 8;
/** One call of the engine should not take longer. */
const SLICE_MS = 2;
/** And has no more steps than this. */
const MOST_STEPS = 16_384;

interface Playing {
  readonly pacer: Pacer;
  readonly until: Until;
  readonly budgetMs: number;
}

export class Session {
  readonly #post: Post;
  readonly #clock: Clock;
  readonly #frames: Frames;
  #live: LiveRun | null = null;
  #playing: Playing | null = null;
  #inside: Inside | null = null;
  /** Steps that one slice may take; learnt from how long the last one took. */
  #slice = 1;
  /** Messages are carried out one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(post: Post, clock: Clock = SYSTEM_CLOCK) {
    this.#post = post;
    this.#clock = clock;
    this.#frames = new Frames(post, clock);
  }

  start(): void {
    this.#post({ kind: "ready", engine: "wasm" }, []);
  }

  /** Takes one message. @returns when all that it asks for is done, playing apart */
  receive(message: ToWorker): Promise<void> {
    if (message.kind === "pause") this.#playing = null;
    this.#queue = this.#queue.then(() => this.#answer(message));
    return this.#queue;
  }

  /** True while training goes on by itself. */
  get isPlaying(): boolean {
    return this.#playing !== null;
  }

  async #answer(message: ToWorker): Promise<void> {
    try {
      await this.#carryOut(message);
      if ("id" in message && message.kind !== "load" && message.kind !== "ask") {
        this.#post({ kind: "done", id: message.id }, []);
      }
    } catch (error) {
      const id = "id" in message ? message.id : 0;
      this.#post({ kind: "error", id, problem: problemOf(error) }, []);
    }
  }

  async #carryOut(message: ToWorker): Promise<void> {
    switch (message.kind) {
      case "load":
        this.#playing = null;
        this.#live = await startRun(message.settings, message.weights, message.done);
        this.#frames.begun();
        if (this.#live.misfits?.length) {
          const problem = { code: "weightsMisfit", data: { names: this.#live.misfits } } as const;
          this.#post({ kind: "error", id: 0, problem }, []);
        }
        this.#post({ kind: "loaded", id: message.id, info: infoOf(this.#live) }, []);
        return await this.#changed();
      case "change":
        return await this.#change(message.id, message.settings);
      case "play":
        return this.#play(message);
      case "pause":
        this.#post({ kind: "stopped", reason: "user", diagnosis: null }, []);
        return await this.#again();
      case "step":
        return await this.#step(message.unit, message.n);
      case "seek": {
        const live = needRun(this.#live);
        await live.timeline.seek(Math.max(message.step - live.base, 0));
        return await this.#changed();
      }
      case "set": {
        const { timeline } = needRun(this.#live);
        const variable = timeline.model.instance.params.variables.get(message.name);
        if (!variable) return;
        const numbers = Float64Array.from(variable.storage.read() as Float32Array);
        numbers[message.index] = message.value;
        timeline.change(() => writeNumbers(variable, numbers));
        return await this.#changed();
      }
      case "want":
        this.#frames.want(message.views as Readonly<Record<string, ViewRequest>>);
        return this.#live ? await this.#again(this.#inside) : undefined;
      case "frameDone":
        this.#playing?.pacer.shown(this.#clock.now());
        return await this.#frames.done(message.frame, this.#live, this.isPlaying);
      case "ask": {
        const { id, job } = message;
        const tell = (part: never) => this.#post({ kind: "part", id, part }, []);
        const { runJob } = await import("./jobs/index.ts");
        const gives = await runJob(job, message.asks as never, this.#live, tell);
        return this.#post({ kind: "result", id, job, gives } as FromWorker, []);
      }
    }
  }

  async #change(id: number, settings: LiveRun["settings"]): Promise<void> {
    const before = needRun(this.#live);
    const next = await changedRun(before, settings);
    this.#live = next;
    if (next.timeline !== before.timeline) {
      if (next.base === 0) this.#playing = null;
      this.#post({ kind: "loaded", id, info: infoOf(next) }, []);
    }
    await this.#changed();
  }

  async #step(unit: StepUnit, n: number): Promise<void> {
    const live = withRate(needRun(this.#live));
    const ops = opsOf(live);
    if ((unit === "op" || unit === "example") && ops > 0)
      return await this.#walk(live, unit, n, ops);
    const { stepsPerEpoch, step } = live.timeline;
    const steps = unit === "epoch" ? n * stepsPerEpoch - (step % stepsPerEpoch) : n;
    await live.timeline.advance(Math.max(steps, 0));
    if (await this.#isFaulty(live)) return;
    await this.#changed();
  }

  /** Op by op, or example by example, to either side. */
  async #walk(live: LiveRun, unit: "op" | "example", n: number, ops: number): Promise<void> {
    const { timeline } = live;
    const began = timeline.step;
    let inside = this.#inside;
    for (let i = 0; i < Math.abs(n); i++) {
      const examples = timeline.nextRows().length;
      const canGoBack = timeline.step > 0;
      const next = moved(inside, unit, n < 0 ? -1 : 1, { examples, ops, canGoBack });
      inside = next.inside;
      if (next.step === 1) await timeline.advance();
      if (next.step === -1) {
        await timeline.seek(timeline.step - 1);
        inside = { example: timeline.nextRows().length - 1, op: ops };
      }
      if (await this.#isFaulty(live)) return;
    }
    if (timeline.step === began) await this.#again(inside);
    else await this.#changed(inside);
  }

  #play({ pace, until = {}, budgetMs = BUDGET_MS }: Extract<ToWorker, { kind: "play" }>): void {
    const live = withRate(needRun(this.#live));
    const pacer = new Pacer(pace, live.timeline.stepsPerEpoch, this.#clock.now());
    this.#playing = { pacer, until, budgetMs };
    void this.#loop(this.#playing);
  }

  /** Trains for a while, shows a frame if the last one was taken, lets messages have their turn. */
  async #loop(playing: Playing): Promise<void> {
    // Another pace is another playing, with a loop of its own.
    while (this.#playing === playing) {
      const turn = this.#queue.then(() => this.#turn());
      this.#queue = turn.then(() => undefined);
      await this.#clock.turn((await turn) === 0);
    }
  }

  /** @returns how many steps were run */
  async #turn(): Promise<number> {
    const [playing, live] = [this.#playing, this.#live];
    if (!playing || !live) return 0;
    try {
      const ran = await this.#train(live, playing);
      if (await this.#isFaulty(live)) return ran;
      if (ran > 0) await this.#changed();
      else await this.#frames.offer(live, true);
      const reason = await this.#reached(live, playing.until);
      if (reason) await this.#stop(reason);
      return ran;
    } catch (error) {
      this.#playing = null;
      this.#post({ kind: "error", id: 0, problem: problemOf(error) }, []);
      return 0;
    }
  }

  async #train(live: LiveRun, { pacer, until, budgetMs }: Playing): Promise<number> {
    const { timeline, base } = live;
    const began = this.#clock.now();
    const last = lastStep(until, live) - base;
    let [ran, trainedMs] = [0, 0];
    while (this.#playing && this.#clock.now() - began < budgetMs) {
      const steps = Math.min(this.#slice, pacer.due(this.#clock.now()), last - timeline.step);
      if (steps <= 0) break;
      const before = this.#clock.now();
      await timeline.advance(steps);
      const took = this.#clock.now() - before;
      trainedMs += took;
      this.#slice = took > SLICE_MS ? Math.max(steps >> 1, 1) : Math.min(steps * 2, MOST_STEPS);
      pacer.ran(steps);
      ran += steps;
      if (timeline.badStep !== null) break;
    }
    this.#frames.trained(ran, trainedMs);
    return ran;
  }

  async #reached(live: LiveRun, until: Until): Promise<StopReason | null> {
    const step = live.base + live.timeline.step;
    if (step >= lastStep(until, live)) return "until";
    const { loss, accuracy } = until;
    if (loss === undefined && accuracy === undefined) return null;
    const { trainLoss, train } = (await this.#frames.judgement(live)).metrics;
    if (loss !== undefined && trainLoss <= loss) return "until";
    return accuracy !== undefined && (train["accuracy"] ?? 0) >= accuracy ? "until" : null;
  }

  async #stop(reason: StopReason): Promise<void> {
    this.#playing = null;
    this.#post({ kind: "stopped", reason, diagnosis: null }, []);
    await this.#again();
  }

  /** A number that is not finite ends the playing, at the last step where all was well. */
  async #isFaulty(live: LiveRun): Promise<boolean> {
    if (live.timeline.badStep === null) return false;
    this.#playing = null;
    const { firstFaultOf } = await import("./run/first-fault.ts");
    const fault = await firstFaultOf(live.timeline);
    const diagnosis = fault && diagnosisOf(fault, live.base);
    this.#post({ kind: "stopped", reason: "nan", diagnosis }, []);
    await this.#changed();
    return true;
  }

  /** @param inside where one stands in the next step; whatever else happens ends the walk */
  async #changed(inside: Inside | null = null): Promise<void> {
    this.#frames.changed(inside);
    await this.#again(inside);
  }

  /** The run has stayed as it was, and another frame is to tell of it. */
  async #again(inside: Inside | null = null): Promise<void> {
    this.#inside = inside;
    this.#frames.again(inside);
    await this.#frames.offer(this.#live, this.isPlaying);
  }
}

/** Ops of an example in a chain of dense layers; 0 where the walk is not written. */
function opsOf({ settings: { run } }: LiveRun): number {
  if (!("layers" in run.model)) return 0;
  const { layers } = run.model;
  const isPlain = layers.every(({ kind }) => ["input", "dense", "dropout"].includes(kind));
  return isPlain ? walkOps(layers.filter(({ kind }) => kind === "dense").length).length : 0;
}

/** The step at which it is to stop, of all steps of the run. */
function lastStep({ step, epoch }: Until, { base, baseEpoch, timeline }: LiveRun): number {
  const ofEpoch =
    epoch === undefined
      ? Number.POSITIVE_INFINITY
      : base + Math.ceil((epoch - baseEpoch) * timeline.stepsPerEpoch);
  return Math.min(step ?? Number.POSITIVE_INFINITY, ofEpoch);
}
