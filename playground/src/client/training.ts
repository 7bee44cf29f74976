// The page's side of the worker: sends what is asked, keeps frames, answers jobs by promise.

import type {
  FromWorker,
  JobName,
  Jobs,
  Pace,
  PartOf,
  Problem,
  StepUnit,
  ToWorker,
  Until,
  ViewRequest,
  Weights,
} from "../protocol/index.ts";
import { effectBetween, type Settings } from "../state/index.ts";
import { Frames } from "./frames.ts";
import type { HistoryRow } from "./history.ts";
import type { Mark } from "./marks.ts";

/** What of a worker is needed: tests have one without threads. */
export interface Port {
  postMessage(message: ToWorker): void;
  terminate?(): void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
}

/** A problem that the worker told of, as an error. */
export class WorkerProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${JSON.stringify(problem.data)}`);
    this.problem = problem;
  }
}

/**
 * Told of settings that the worker refused.
 * @param before those that it still trains; null where there are none
 */
export type OnRefused = (problem: Problem, refused: Settings, before: Settings | null) => void;

interface Waiting {
  readonly resolve: (gives: never) => void;
  readonly reject: (error: WorkerProblem) => void;
  readonly onPart: (part: never) => void;
}

type WithoutStep<M> = M extends { readonly step: number } ? Omit<M, "step"> : never;
type WithoutId<M> = M extends { readonly id: number } ? Omit<M, "id"> : never;

export class Training {
  readonly frames: Frames = new Frames();
  readonly #port: Port;
  readonly #onProblem: (problem: Problem) => void;
  readonly #afterPaint: (done: () => void) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #wanted = new Map<object, Readonly<Record<string, ViewRequest>>>();
  #lastId = 0;
  #settings: Settings | null = null;
  /** The last that the worker took, and those that it has not answered yet, by the message. */
  #accepted: Settings | null = null;
  readonly #asked = new Map<number, Settings>();
  readonly #onRefused: OnRefused;
  /** The last load or restart: what was sent before it is of another run. */
  #loadId = 0;
  /** The curves that the last load began with. */
  #history: readonly HistoryRow[] = [];

  /**
   * @param onProblem told of what nobody waits for
   * @param afterPaint calls back once the page has drawn what it was given
   * @param onRefused told of settings that the worker refused; `onProblem` if not given
   */
  constructor(
    port: Port,
    onProblem: (problem: Problem) => void,
    afterPaint: (done: () => void) => void = (done) => requestAnimationFrame(done),
    onRefused: OnRefused = onProblem,
  ) {
    this.#port = port;
    this.#onProblem = onProblem;
    this.#afterPaint = afterPaint;
    this.#onRefused = onRefused;
    port.onmessage = ({ data }) => this.#take(data);
  }

  /** The settings that the worker trains; null before any. */
  get settings(): Settings | null {
    return this.#settings;
  }

  /**
   * A new run of these settings, with new weights if none are given.
   * @param history the curves up to where the weights were taken, whose last row says how far that is
   */
  load(settings: Settings, weights?: Weights, history: readonly HistoryRow[] = []): void {
    this.#settings = settings;
    this.frames.isPlaying.value = false;
    this.#history = history;
    const done = history.at(-1);
    this.#loadId = this.#send({
      kind: "load",
      settings,
      ...(weights && { weights }),
      ...(weights && done && { done: { step: done.step, epoch: done.epoch } }),
    });
    this.#asked.set(this.#loadId, settings);
  }

  /** Ends the worker: nothing is answered any more. */
  close(): void {
    this.#port.terminate?.();
  }

  /** The same run under other settings: what they change decides what is kept. */
  change(settings: Settings): void {
    const before = this.#settings;
    const effect = before === null ? "restarts" : effectBetween(before, settings);
    if (effect === null) return;
    if (effect === "restarts") {
      this.load(settings);
      return;
    }
    this.#settings = settings;
    this.#mark({ kind: "change", from: before!, to: settings });
    this.#asked.set(this.#send({ kind: "change", settings }), settings);
  }

  /** The settings that the worker still trains count again, after others were refused. */
  goBack(): void {
    this.#settings = this.#accepted;
  }

  play(pace: Pace, until: Until = {}): void {
    this.frames.isPlaying.value = true;
    this.frames.stopped.value = null;
    this.#send({ kind: "play", pace, until });
  }

  pause(): void {
    if (!this.frames.isPlaying.value) return;
    this.frames.isPlaying.value = false;
    this.#send({ kind: "pause" });
  }

  step(unit: StepUnit, n = 1): void {
    this.pause();
    this.frames.stopped.value = null;
    this.#send({ kind: "step", unit, n });
  }

  /** To the state after so many minibatches, backwards too. */
  seek(step: number): void {
    this.pause();
    this.frames.stopped.value = null;
    this.#send({ kind: "seek", step });
  }

  /** Sets one weight or bias by hand. */
  set(name: string, index: number, value: number): void {
    this.#mark({ kind: "hand", name, index });
    this.#send({ kind: "set", name, index, value });
  }

  /** Where the run stands now; before its first frame there is no such place. */
  #mark(what: WithoutStep<Mark>): void {
    const step = this.frames.current?.step;
    if (step !== undefined) this.frames.mark({ ...what, step } as Mark);
  }

  /**
   * What is visible now, by a key of one's own. What is not wanted is not computed.
   * @param owner what each part of a page wants is wanted beside what the others do
   */
  want(views: Readonly<Record<string, ViewRequest>>, owner: object = this): void {
    this.#wanted.set(owner, views);
    if (Object.keys(views).length === 0) this.#wanted.delete(owner);
    this.#send({ kind: "want", views: Object.assign({}, ...this.#wanted.values()) });
  }

  /**
   * Asks a question beside the training.
   * @param onPart called with each part that the job tells before its answer is whole
   * @throws WorkerProblem (as a rejection)
   */
  ask<K extends JobName>(
    job: K,
    asks: Jobs[K]["asks"],
    onPart: (part: PartOf<K>) => void = () => {},
  ): Promise<Jobs[K]["gives"]> {
    const id = this.#send({ kind: "ask", job, asks } as WithoutId<ToWorker>);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, onPart }));
  }

  #send(message: WithoutId<ToWorker>): number {
    const id = ++this.#lastId;
    this.#port.postMessage({ ...message, id } as ToWorker);
    return id;
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        return;
      case "done":
        this.#accept(message.id);
        return;
      case "loaded":
        this.#accept(message.id);
        this.frames.loaded(message.info, message.id === this.#loadId, this.#history);
        return;
      case "frame":
        this.frames.take(message);
        this.#afterPaint(() => {
          this.#port.postMessage({ kind: "frameDone", frame: message.frame });
        });
        return;
      case "stopped":
        // The answer to pause() may come when one plays again.
        if (message.reason === "user") return;
        this.frames.isPlaying.value = false;
        this.frames.stopped.value = message;
        if (message.diagnosis) {
          const { step, layer } = message.diagnosis;
          this.frames.mark({ kind: "fault", step, layer });
        }
        return;
      case "part":
        this.#waiting.get(message.id)?.onPart(message.part as never);
        return;
      case "result":
        this.#waiting.get(message.id)?.resolve(message.gives as never);
        this.#waiting.delete(message.id);
        return;
      case "error":
        this.#failed(message.id, message.problem);
    }
  }

  #accept(id: number): void {
    const settings = this.#asked.get(id);
    if (settings === undefined) return;
    this.#accepted = settings;
    this.#asked.delete(id);
  }

  #failed(id: number, problem: Problem): void {
    const [waiting, refused] = [this.#waiting.get(id), this.#asked.get(id)];
    this.#waiting.delete(id);
    this.#asked.delete(id);
    if (waiting) {
      waiting.reject(new WorkerProblem(problem));
    } else if (refused === undefined) {
      this.#onProblem(problem);
    } else {
      this.#onRefused(problem, refused, this.#accepted);
    }
  }
}
