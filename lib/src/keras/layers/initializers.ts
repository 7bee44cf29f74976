// How weights start, by the classes of Keras: what a trained model says of it matters where it is trained anew.

import { isRecord } from "../../formats/json.ts";
import type { ConfigField, KerasConfig } from "./row.ts";

interface InitializerRow {
  readonly ours: string;
  /** Numbers: what they are called there and here, and what they are in Keras where nothing is said. */
  readonly numbers?: Readonly<Record<string, readonly [ours: string, fallback: number]>>;
}

const CONFIG_ROWS: Readonly<Record<string, InitializerRow>> = {
  GlorotUniform: { ours: "glorotUniform" },
  GlorotNormal: { ours: "glorotNormal" },
  HeUniform: { ours: "heUniform" },
  HeNormal: { ours: "heNormal" },
  LecunUniform: { ours: "lecunUniform" },
  LecunNormal: { ours: "lecunNormal" },
  Zeros: { ours: "zeros" },
  Ones: { ours: "ones" },
  Constant: { ours: "constant", numbers: { value: ["value", 0] } },
  RandomNormal: { ours: "normal", numbers: { mean: ["mean", 0], stddev: ["std", 0.05] } },
  TruncatedNormal: {
    ours: "truncatedNormal",
    numbers: { mean: ["mean", 0], stddev: ["std", 0.05] },
  },
  RandomUniform: { ours: "uniform", numbers: { minval: ["low", -0.05], maxval: ["high", 0.05] } },
  Orthogonal: { ours: "orthogonal", numbers: { gain: ["gain", 1] } },
};

/** What a name without numbers means here. */
const OWN_DEFAULTS: Readonly<Record<string, KerasConfig>> = {
  constant: { value: 0 },
  orthogonal: { gain: 1 },
};

const squeezed = (name: string) => name.toLowerCase().replaceAll("_", "");
const BY_NAME = new Map(Object.entries(CONFIG_ROWS).map(([name, row]) => [squeezed(name), row]));
/** VarianceScaling of these says what others are called. */
const SCALED: Readonly<Record<string, string>> = {
  "1 fan_avg uniform": "glorotUniform",
  "1 fan_avg normal": "glorotNormal",
  "2 fan_in uniform": "heUniform",
  "2 fan_in normal": "heNormal",
  "1 fan_in uniform": "lecunUniform",
  "1 fan_in normal": "lecunNormal",
};

/** Null for one that is none of ours. */
function readInitializer(value: unknown): string | KerasConfig | null {
  const name = isRecord(value) ? value["class_name"] : value;
  const config = isRecord(value) && isRecord(value["config"]) ? value["config"] : {};
  if (typeof name !== "string") return null;
  if (squeezed(name) === "variancescaling") {
    const drawn = String(config["distribution"]).replace(/^(truncated|untruncated)_/, "");
    return SCALED[`${config["scale"]} ${config["mode"]} ${drawn}`] ?? null;
  }
  const row = BY_NAME.get(squeezed(name));
  if (!row) return null;
  const numbers = Object.entries(row.numbers ?? {}).map(([theirs, [ours, fallback]]) => [
    ours,
    config[theirs] ?? fallback,
  ]);
  if (!numbers.every(([, number]) => Number.isFinite(number))) return null;
  const found = Object.fromEntries(numbers) as KerasConfig;
  const isPlain = JSON.stringify(found) === JSON.stringify(OWN_DEFAULTS[row.ours] ?? {});
  return isPlain ? row.ours : { name: row.ours, ...found };
}

function writeInitializer(given: unknown): KerasConfig | null {
  const own = typeof given === "string" ? { name: given } : (given as KerasConfig);
  const found = Object.entries(CONFIG_ROWS).find(([, { ours }]) => ours === own["name"]);
  if (!found) return null;
  const [className, { ours, numbers = {} }] = found;
  const said = { ...OWN_DEFAULTS[ours], ...own } as KerasConfig;
  const entries = Object.entries(numbers).map(([theirs, [name, fallback]]) => [
    theirs,
    said[name] ?? fallback,
  ]);
  return {
    module: "keras.initializers",
    class_name: className,
    config: Object.fromEntries(entries),
  };
}

/** How a weight starts, which is `fallback` where nothing is said; an unknown way is told, and left out. */
export function initializerField(
  key: string,
  ours: string,
  fallback: string | KerasConfig,
): ConfigField {
  const usual = JSON.stringify(fallback);
  return {
    key,
    ours,
    read: (value, { layer, note }) => {
      if (value === null || value === undefined) return {};
      const found = readInitializer(value);
      if (found === null) {
        const name = isRecord(value) ? value["class_name"] : value;
        note(
          `${layer}: ${key} ${String(name)} is left out; it would matter if weights were drawn anew`,
        );
        return {};
      }
      return JSON.stringify(found) === usual ? {} : { [ours]: found };
    },
    write: (spec) =>
      spec[ours] === undefined ? undefined : (writeInitializer(spec[ours]) ?? undefined),
  };
}
