// moduleCodeOf, which fetches what writes modules where it is called: pages that write programs do without it.

import type { Model } from "../../train/model/model.ts";
import type { ModuleCode, ModuleCodeOptions } from "./module-code.ts";

/**
 * A model as one module of plain JavaScript, for Node and for browsers, which imports nothing: it holds the
 * weights, in base64, and exports `predict`, which takes examples and gives what `model.predict` gives, to float
 * rounding. Beside the weights a network of dense layers takes less than 15 kB. The averaged weights are taken
 * where the model keeps them.
 * @throws ArgumentError for a model that remembers one batch for the next, and for one that draws at random
 */
export async function moduleCodeOf(
  model: Model,
  options: ModuleCodeOptions = {},
): Promise<ModuleCode> {
  return (await import("./module-code.ts")).writeModule(model, options);
}
