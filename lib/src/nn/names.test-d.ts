// Names and options that must and must not compile: misspelt ones are errors where they stand.

import { expectTypeOf } from "expect-type";
import type { CompileModelOptions } from "../train/model/compile-options.ts";
import {
  type ActivationSpec,
  activationOf,
  dense,
  type InitializerSpec,
  type LossName,
  type LossSpec,
  lstm,
  type MetricName,
  type MetricSpec,
  type OptimizerSpec,
  optimizerOf,
  type ScheduleSpec,
} from "./index.ts";

dense(3, { activation: "relu" });
dense(3, { activation: { name: "elu", alpha: 2 }, weights: { name: "normal", std: 0.01 } });
dense(3, { activation: activationOf("leaky_relu") }); // as files write it, by way of activationOf
// @ts-expect-error "reluu"
dense(3, { activation: "reluu" });
// @ts-expect-error ELU has no "alhpa"
dense(3, { activation: { name: "elu", alhpa: 2 } });
// @ts-expect-error ReLU has no "alpha"
dense(3, { activation: { name: "relu", alpha: 2 } });
// @ts-expect-error "heNormall"
dense(3, { weights: "heNormall" });
// @ts-expect-error the deviation of a normal distribution is its "std"
dense(3, { weights: { name: "normal", sigma: 1 } });
// @ts-expect-error "sigmoidd"
lstm(3, { recurrentActivation: "sigmoidd" });

const compiled = (optimizer: CompileModelOptions["optimizer"]) => optimizer;
compiled("adam");
compiled({ name: "adam", beta1: 0.8, learningRate: 0.1 });
compiled(optimizerOf("Adam_W"));
// @ts-expect-error "adm"
compiled("adm");
// @ts-expect-error "lr"
compiled({ name: "adam", lr: 0.1 });
// @ts-expect-error Adam has no momentum
compiled({ name: "adam", momentum: 0.9 });
// @ts-expect-error a rate is a number
compiled({ name: "adam", learningRate: "0.1" });

const losses: LossSpec[] = [
  "mse",
  "huber",
  { name: "huber", delta: 2 },
  (y, a) => a.sub(y).square(),
];
const metrics: MetricSpec[] = ["acc", { name: "topKAccuracy", k: 3 }];
const schedules: ScheduleSpec[] = [
  0.1,
  "cosine",
  { name: "exponential", decay: 0.9, warmupSteps: 5 },
];
void [losses, metrics, schedules];
// @ts-expect-error "sparsecategoricalcrossentropi"
losses.push("sparsecategoricalcrossentropi");
// @ts-expect-error the mean squared error has no "delta"
losses.push({ name: "meanSquaredError", delta: 2 });
// @ts-expect-error "acuracy"
metrics.push("acuracy");
// @ts-expect-error topKAccuracy has no "threshold"
metrics.push({ name: "topKAccuracy", threshold: 0.5 });
// @ts-expect-error "rat"
schedules.push({ name: "cosine", rat: 0.1 });

type NameOf<S> = Extract<S, string>;
expectTypeOf<NameOf<OptimizerSpec>>().toEqualTypeOf<
  | "sgd"
  | "adam"
  | "adamW"
  | "nadam"
  | "radam"
  | "lion"
  | "rmsProp"
  | "adagrad"
  | "adadelta"
  | "lbfgs"
>();
expectTypeOf<string>().not.toExtend<NameOf<ActivationSpec>>();
expectTypeOf<string>().not.toExtend<NameOf<InitializerSpec>>();
// What an editor offers after `{ name: "adam", `.
type OptionsOf<N> = Extract<OptimizerSpec, { readonly name: N }>;
expectTypeOf<keyof OptionsOf<"adam">>().toEqualTypeOf<
  "name" | "learningRate" | "beta1" | "beta2" | "epsilon" | "weightDecay"
>();

/** A name as Keras spells it: "mean_squared_error" for meanSquaredError. */
type KerasName<N extends string> = N extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${KerasName<Tail>}`
  : "";

// The lists of Keras's names are whole.
expectTypeOf<KerasName<LossName>>().toExtend<LossSpec>();
expectTypeOf<KerasName<MetricName>>().toExtend<MetricSpec>();
