// Entries of configurations that many layers have.

import { isRecord, showJson } from "../../formats/json.ts";
import { type ConfigField, refuseConfig } from "./row.ts";

/** A value that is the same in both. Where it is `fallback` nothing need be said. */
export function plainField(key: string, ours: string, fallback?: unknown): ConfigField {
  const usual = JSON.stringify(fallback);
  return {
    key,
    ours,
    read: (given) => {
      const isUsual = given === undefined || given === null || JSON.stringify(given) === usual;
      return isUsual ? {} : { [ours]: given };
    },
    write: (spec) => spec[ours],
  };
}

/** One length for each axis: a list there; here one number where they are alike. */
export function axisLengths(
  key: string,
  ours: string,
  dimensions: number,
  fallback?: number,
): ConfigField {
  return {
    key,
    ours,
    read: (given, { layer }) => {
      if (given === undefined || given === null) return {};
      const list = Array.isArray(given) ? given : [given];
      if (list.length > dimensions || list.length === 0 || !list.every(Number.isInteger)) {
        refuseConfig(
          layer,
          `${key}: expected ${dimensions} whole numbers, received ${showJson(given)}`,
        );
      }
      const isOne = list.every((length) => length === list[0]);
      if (isOne && list[0] === fallback) return {};
      return { [ours]: isOne ? list[0] : list };
    },
    write: (spec) => {
      const given = spec[ours];
      if (given === undefined) return undefined;
      return Array.isArray(given) ? given : new Array(dimensions).fill(given);
    },
  };
}

/** An entry that may only have these values here; the first is the one that is written. */
export function fixedField(key: string, ...allowed: readonly unknown[]): ConfigField {
  const texts = allowed.map((one) => JSON.stringify(one));
  return {
    key,
    read: (given, { layer }) => {
      if (given === undefined || given === null || texts.includes(JSON.stringify(given))) return {};
      const wanted = texts.length > 0 ? `, only ${texts.join(" or ")}` : "";
      return refuseConfig(layer, `${key} ${showJson(given)} is not supported${wanted}`);
    },
  };
}

/** An argument of ours that may only have this value: Keras has no like of others. */
export function onlyOurs(ours: string, allowed: unknown): ConfigField {
  return {
    key: "",
    ours,
    read: () => ({}),
    write: (spec, { layer }) => {
      if (spec[ours] === undefined || spec[ours] === allowed) return undefined;
      return refuseConfig(layer, `${ours} ${showJson(spec[ours])} has no like in Keras`);
    },
  };
}

/** Entries that mean nothing for what a model gives. */
export function ignoredFields(...keys: readonly string[]): ConfigField[] {
  return keys.map((key) => ({ key, read: () => ({}) }));
}

/** What only training sees: it is told where it is there, and left out. */
export function droppedFields(...keys: readonly string[]): ConfigField[] {
  return keys.map((key) => ({
    key,
    read: (given, { layer, note }) => {
      if (isNothing(given)) return {};
      const name = isRecord(given) ? given["class_name"] : given;
      note(`${layer}: ${key} ${showJson(name)} is left out, which only training would see`);
      return {};
    },
  }));
}

/** A penalty on the weights, which a run here has for all layers alike. */
export function penaltyField(key: string): ConfigField {
  return {
    key,
    read: (given, { layer, note, penalize }) => {
      if (isNothing(given)) return {};
      const name = isRecord(given) ? String(given["class_name"]) : String(given);
      const config = isRecord(given) && isRecord(given["config"]) ? given["config"] : {};
      const [l1, l2] = [config["l1"] ?? 0, config["l2"] ?? 0];
      if (
        typeof l1 !== "number" ||
        typeof l2 !== "number" ||
        l1 > 0 === l2 > 0 ||
        l1 < 0 ||
        l2 < 0
      ) {
        note(`${layer}: ${key} ${name} is left out, which only training would see`);
      } else penalize({ layer, kind: l1 > 0 ? "l1" : "l2", lambda: l1 > 0 ? l1 : l2 });
      return {};
    },
    write: (_, { penalty }) => {
      if (!penalty) return undefined;
      const { kind, lambda } = penalty;
      const className = kind.toUpperCase();
      return { module: "keras.regularizers", class_name: className, config: { [kind]: lambda } };
    },
  };
}

/** The axis that a layer normalises: the last, counted from either end. */
export const lastAxis: ConfigField = {
  key: "axis",
  read: (given, { layer, input }) => {
    const axis = Array.isArray(given) && given.length === 1 ? given[0] : given;
    if (axis === undefined || axis === null || axis === -1 || axis === input.length) return {};
    return refuseConfig(layer, `axis ${showJson(given)} is not supported, only the last one`);
  },
};

function isNothing(given: unknown): boolean {
  return given === undefined || given === null || given === false || given === 0;
}

/** Where the channels are. */
export const channelsLast: ConfigField = fixedField("data_format", "channels_last");

/** Entries that every layer has, which say nothing of what it computes. */
export const COMMON: readonly ConfigField[] = [
  ...ignoredFields(
    "name",
    "batch_input_shape",
    "batch_shape",
    "build_config",
    "seed",
    "autocast",
    "sparse",
  ),
  ...ignoredFields(
    "ragged",
    "optional",
    "input_dtype",
    "input_length",
    "quantization_config",
    "synchronized",
  ),
  ...droppedFields("activity_regularizer", "lora_rank"),
  {
    key: "trainable",
    ours: "trainable",
    read: (given) => (given === false ? { trainable: false } : {}),
    write: (spec) => (spec["trainable"] === false ? false : undefined),
  },
];
