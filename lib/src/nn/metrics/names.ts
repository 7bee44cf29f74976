// Every figure of a history stands under a name of its own.

import { ArgumentError } from "../../checks/errors.ts";
import type { Metric } from "./metric.ts";

/** Other figures that a history holds. */
const TAKEN = ["epoch", "loss", "valLoss", "learningRate", "seconds"];

/** @throws ArgumentError where two names cannot be told apart, or one is taken */
export function distinctNames(metrics: readonly Metric[]): Metric[] {
  const named = metrics.map((metric) => {
    const alike = metrics.filter(({ name }) => name === metric.name);
    return alike.length === 1 ? metric : { ...metric, name: withOptions(metric, alike) };
  });
  const names = named.map(({ name }) => name);
  for (const [i, name] of names.entries()) {
    if (TAKEN.includes(name)) {
      throw new ArgumentError(
        `metrics: expected another name for "${name}", which stands for a figure of every history`,
      );
    }
    const twin = names.findIndex(
      (other, j) => j !== i && (other === name || validated(other) === name),
    );
    if (twin < 0) continue;
    const both = names[twin] === name ? `twice "${name}"` : `"${name}" besides "${names[twin]}"`;
    throw new ArgumentError(
      `metrics: expected each figure under a name of its own, received ${both}`,
    );
  }
  return named;
}

/** The name of a metric's figure over the validation examples: "valAccuracy". */
export function validated(name: string): string {
  return `val${capital(name)}`;
}

/** The name, and those options that tell the metric from others of its name: "topKAccuracyK3". */
function withOptions({ name, config }: Metric, alike: readonly Metric[]): string {
  const telling = Object.keys(config).filter((option) =>
    alike.some((other) => other.config[option] !== config[option]),
  );
  const words = telling.map((option) => capital(option) + capital(String(config[option])));
  return [name, ...words].join("");
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
