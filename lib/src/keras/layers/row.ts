// One kind of layer beside Keras's: what its configuration is called there and here, and which weights it has.

import { ArgumentError } from "../../checks/errors.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";

/** The configuration of a layer, as Keras writes it. */
export type KerasConfig = Readonly<Record<string, unknown>>;

/** A penalty on the kernel of one layer. */
export interface LayerPenalty {
  readonly layer: string;
  readonly kind: "l1" | "l2";
  readonly lambda: number;
}

/** What is known where a layer is read. */
export interface Reading {
  /** The layer, as errors and notes name it: its name in Keras. */
  readonly layer: string;
  /** True for files of Keras 1 and 2 and of TF.js, where some names mean other numbers. */
  readonly isOld: boolean;
  /** The shape of one example that it reads. */
  readonly input: Shape;
  /** All entries of the layer. */
  readonly config: KerasConfig;
  /** Says aloud what is not as it was there. */
  readonly note: (text: string) => void;
  readonly penalize: (penalty: LayerPenalty) => void;
  /** A layer inside of this one. */
  readonly inner: (written: unknown, input: Shape) => LayerSpec;
}

/** What is known where a layer is written. */
export interface Writing {
  /** The layer, as errors name it: its name here. */
  readonly layer: string;
  readonly input: Shape;
  readonly penalty: LayerPenalty | null;
  /** A layer inside of this one. */
  readonly inner: (spec: LayerSpec, name: string, input: Shape) => KerasConfig;
}

/** An entry of a configuration. */
export interface ConfigField {
  /** What it is called there; empty where only ours is looked at. */
  readonly key: string;
  /** The argument of ours that it writes. */
  readonly ours?: string;
  /** What it means here: arguments of the layer. @throws ArgumentError for what cannot be said */
  readonly read: (value: unknown, reading: Reading) => KerasConfig;
  /** Undefined where Keras's default says it. @throws ArgumentError for what Keras cannot say */
  readonly write?: (spec: LayerSpec, writing: Writing) => unknown;
}

/** A weight in Keras: the numbers of one or more of ours, one after the other, in its own shape. */
export interface WeightRow {
  /** What it is called there. */
  readonly name: string;
  /** The part of the layer that has it, if it has parts. */
  readonly part?: string;
  /** Ours, by path. Those that the layer has not are left out, with the weight. */
  readonly ours: readonly string[];
  /** Of what is remembered, not learnt: the shape of ours, and of theirs. */
  readonly state?: (input: Shape) => Shape;
  /** Its shape there, of the shapes of ours; the same as ours if not given. */
  readonly shape?: (shapes: readonly Shape[], spec: LayerSpec, input: Shape) => Shape;
  /** What becomes of its axes, where they are not the same. */
  readonly says?: string;
}

/** A layer inside another. */
export interface HeldRow {
  /** Where its weights are, there and here. */
  readonly theirs: string;
  readonly ours: string;
  readonly spec: LayerSpec;
  readonly input: Shape;
}

export interface ConfigRow {
  readonly className: string;
  readonly kind: string;
  readonly fields: readonly ConfigField[];
  readonly weights?: readonly WeightRow[];
  /** Arguments of ours that the class says. */
  readonly fixed?: KerasConfig;
  /** Which of several classes of a kind says what a layer does; the first of them if not given. */
  readonly fits?: (spec: LayerSpec, input: Shape) => boolean;
  readonly held?: (spec: LayerSpec, input: Shape) => readonly HeldRow[];
  /** Layers inside that stand one after the other, each with the shape that it reads. */
  readonly chain?: (spec: LayerSpec, input: Shape) => readonly (readonly [LayerSpec, Shape])[];
  /** What old files mean that do not say an entry, which was not there yet. */
  readonly old?: KerasConfig;
  /** The specification as one would write it. */
  readonly tidy?: (spec: LayerSpec) => LayerSpec;
  /** Arguments of ours that mean nothing there. */
  readonly silent?: readonly string[];
}

/** @throws ArgumentError always: what stands there in Keras and cannot be said here, or the other way */
export function refuseConfig(layer: string, problem: string): never {
  throw new ArgumentError(`layer "${layer}": ${problem}`);
}
