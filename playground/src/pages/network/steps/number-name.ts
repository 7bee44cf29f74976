// What a weight or bias is called: by its layer, the unit it comes from and the unit it goes to.

import type { Texts } from "../../../text/catalogue.ts";
import type { Net } from "../use-net.ts";

type Words = Pick<
  Texts["network"],
  "layerName" | "unitShort" | "weightName" | "biasName" | "inLayer"
>;

/** "dense1" as the drawing calls it: "Hidden 1". What it does not show keeps its name. */
export function layerWord(text: Pick<Words, "layerName">, net: Net | null, name: string): string {
  const layers = net?.layers ?? [];
  const at = layers.findIndex((one, i) => i > 0 && one.name === name);
  return at < 0 ? name : text.layerName(at, layers.length - 1);
}

/** Of a number of a variable as "dense1/w"; what the drawing does not show keeps its place, as in "conv1/k[3]". */
export function numberName(text: Words, net: Net | null, name: string, index: number): string {
  const [owner, kind] = name.split("/");
  const layers = net?.layers ?? [];
  const at = layers.findIndex((one, i) => i > 0 && one.name === owner);
  if (at < 0 || !(kind === "w" || kind === "b")) return `${name}[${index}]`;
  const { units } = layers[at]!;
  const to = text.unitShort((index % units) + 1);
  const below = Math.floor(index / units);
  const from = at === 1 ? (net!.features[below] ?? `x${below + 1}`) : text.unitShort(below + 1);
  const said = kind === "b" ? text.biasName(to) : text.weightName(from, to);
  return text.inLayer(text.layerName(at, layers.length - 1), said);
}
