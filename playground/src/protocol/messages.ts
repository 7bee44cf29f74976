// What page and worker say to each other. Numbers and codes only: the page words them in its language.

import type { Inside, Problem, Settings } from "../state/index.ts";
import type { JobName, Jobs, PartOf } from "./jobs/index.ts";
import type { ViewRequest, ViewResult } from "./views.ts";

/** How far one step goes. Of a minibatch, examples and ops are looked at one by one before its update; see state/walk.ts. */
export type StepUnit = "op" | "example" | "minibatch" | "epoch";

/** How fast training goes: so many steps or epochs a second, or a frame that is shown, or as fast as it can. */
export type Pace =
  | "fast"
  | { readonly per: "second" | "frame"; readonly unit: "minibatch" | "epoch"; readonly n: number };

/** When playing ends by itself. */
export interface Until {
  readonly step?: number;
  readonly epoch?: number;
  /** The loss over the training examples is at most this. */
  readonly loss?: number;
  readonly accuracy?: number;
}

/** Numbers of a network from elsewhere, by the name of a variable as in "dense1/w". */
export type Weights = Readonly<Record<string, Float32Array | Float64Array>>;

export type ToWorker =
  | {
      readonly kind: "load";
      readonly id: number;
      readonly settings: Settings;
      readonly weights?: Weights;
      /** How far the weights were trained before; as new if not given. */
      readonly done?: { readonly step: number; readonly epoch: number };
    }
  /** Other settings for the run that is loaded; what they change decides what is kept. */
  | { readonly kind: "change"; readonly id: number; readonly settings: Settings }
  | {
      readonly kind: "play";
      readonly id: number;
      readonly pace: Pace;
      readonly until?: Until;
      readonly budgetMs?: number;
    }
  | { readonly kind: "pause"; readonly id: number }
  | { readonly kind: "step"; readonly id: number; readonly unit: StepUnit; readonly n: number }
  /** To the state after so many minibatches, backwards too. */
  | { readonly kind: "seek"; readonly id: number; readonly step: number }
  /** One number of a weight matrix or of biases, by hand. */
  | {
      readonly kind: "set";
      readonly id: number;
      readonly name: string;
      readonly index: number;
      readonly value: number;
    }
  | {
      readonly kind: "want";
      readonly id: number;
      readonly views: Readonly<Record<string, ViewRequest>>;
    }
  | { readonly kind: "frameDone"; readonly frame: number }
  | {
      [K in JobName]: {
        readonly kind: "ask";
        readonly id: number;
        readonly job: K;
        readonly asks: Jobs[K]["asks"];
      };
    }[JobName];

/** What a network of the worker is. */
export interface LoadedInfo {
  /** Variables with their shapes, as in ["dense1/w", [2, 3]]. */
  readonly parameters: readonly (readonly [name: string, shape: readonly number[]])[];
  readonly layers: readonly LayerInfo[];
  /** What views call the features: the name of the input. */
  readonly input: string;
  readonly stepsPerEpoch: number;
  /** The part of the plane that the points are in; null for other than two raw inputs. */
  readonly window: PlaneWindow | null;
  readonly data: DataInfo;
}

export interface LayerInfo {
  readonly name: string;
  readonly kind: string;
  readonly units: number;
  /** Of a dense layer. */
  readonly activation: string | null;
}

export interface PlaneWindow {
  readonly center: readonly [x: number, y: number];
  /** From the centre to each side. */
  readonly reach: number;
}

/** The examples as the page shows them. */
export interface DataInfo {
  /** What the raw inputs are called: x1, x2 or the columns of a table. */
  readonly names: readonly string[];
  /** Null where targets are values. */
  readonly classes: number | null;
  readonly train: PointsInfo;
  readonly test: PointsInfo;
}

export interface PointsInfo {
  readonly count: number;
  /** Raw inputs [count, names], before features. */
  readonly x: Float32Array;
  /** Class numbers or values [count]. */
  readonly y: Float32Array;
}

/** What is told of the run in every frame. Means over all examples, without penalty. */
export interface Metrics {
  readonly trainLoss: number;
  readonly testLoss: number | null;
  /** By name, as in { accuracy: 0.93 }. */
  readonly train: Readonly<Record<string, number>>;
  readonly test: Readonly<Record<string, number>>;
}

export interface Frame {
  readonly frame: number;
  /** Minibatches that are done, and epochs as a fraction. */
  readonly step: number;
  readonly epoch: number;
  /** The earliest step that one can go back to. */
  readonly first: number;
  /** The most that was ever done in this run: the end of the timeline. */
  readonly furthest: number;
  /** Where in the next minibatch one stands: examples and ops that are done. */
  readonly inside: Inside | null;
  readonly metrics: Metrics;
  readonly views: Readonly<Record<string, ViewResult>>;
  readonly stats: {
    readonly examplesPerSecond: number;
    /** How long an epoch is trained for, without views and without what a pace waits; null before any step. */
    readonly epochMs: number | null;
    readonly viewMs: number;
    /** Of the last step: a schedule changes it. */
    readonly learningRate: number;
  };
}

/** Why training stands still. */
export type StopReason = "user" | "until" | "nan" | "done";

/** The op and the step that gave the first number that is not finite. */
export interface Diagnosis {
  readonly step: number;
  readonly epoch: number;
  /** The loss, or a variable by its name. */
  readonly what: string;
  readonly op: string | null;
  readonly layer: string | null;
  readonly fault: "NaN" | "an infinity" | null;
}

export type FromWorker =
  | { readonly kind: "ready"; readonly engine: string }
  | { readonly kind: "loaded"; readonly id: number; readonly info: LoadedInfo }
  | ({ readonly kind: "frame" } & Frame)
  | { readonly kind: "stopped"; readonly reason: StopReason; readonly diagnosis: Diagnosis | null }
  | {
      [K in JobName]: {
        readonly kind: "result";
        readonly id: number;
        readonly job: K;
        readonly gives: Jobs[K]["gives"];
      };
    }[JobName]
  /** What a job tells before its answer is whole. */
  | { readonly kind: "part"; readonly id: number; readonly part: PartOf<JobName> }
  | { readonly kind: "done"; readonly id: number }
  | { readonly kind: "error"; readonly id: number; readonly problem: Problem };
