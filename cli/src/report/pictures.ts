// What a network for images sees: its first weights as pictures, and the examples it gets most wrong.

import { ShapeError } from "neurite";
import type { NamedDataset } from "neurite/data";
import {
  type Mistake,
  mistakesOf,
  type Predictions,
  type WeightPictures,
  weightPicturesOf,
} from "neurite/inspect";
import type { Model } from "neurite/train";
import { pngUri } from "../pictures/encode-png.ts";
import { ownPartOf, shownOf } from "../sources/own.ts";
import { percent } from "../terminal/names.ts";
import { escapeHtml } from "./svg.ts";
import { diverging, grey, tilesUri } from "./tiles.ts";

const GAP = 2;
const LARGEST_GRID = 100;

/** One picture with a tile for each unit of the first dense layer; null where none reads the pixels. */
export function weightPictures(model: Model): string | null {
  const found = weightsOf(model);
  if (found === null) return null;
  const { height, width, channels, units, values, strongest } = found;
  if (channels !== 1) return null;
  const shown = Math.min(units, LARGEST_GRID);
  const uri = tilesUri({
    count: shown,
    columns: Math.ceil(Math.sqrt(shown)),
    width,
    height,
    gap: GAP,
    colorAt: (unit, x, y) =>
      diverging(values[(y * width + x) * units + unit]! / (strongest[unit]! || 1)),
  });
  const layer = escapeHtml(found.layer);
  const part = shown < units ? ` (the first ${shown} of ${units})` : "";
  return `<figure>
<img class="weights" src="${uri}" alt="Grid of ${shown} small pictures, one for each unit of layer ${layer}: the weight of every pixel, blue where it is negative, red where it is positive.">
<figcaption>Every tile is one unit of <code>${layer}</code>${part}: the weight it gives to each pixel.
<span class="swatch red"></span> ink here speaks for it, <span class="swatch blue"></span> against it.
Pixels that are never inked, as those at the edge, keep the random weights that they began with.</figcaption>
</figure>`;
}

/** Null for a model whose first weights do not read pixels one by one. */
function weightsOf(model: Model): WeightPictures | null {
  try {
    return weightPicturesOf(model);
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}

const SHOWN = 24;

/** The test examples that the network is most sure and wrong of. */
export function worstMistakes(data: NamedDataset, predictions: Predictions): string {
  const wrong = mistakesOf(data.test, predictions);
  if (wrong.length === 0) return "<p>The network makes no mistake on the test set.</p>";
  const items = wrong.slice(0, SHOWN).map((mistake) => `<li>${mistakeFigure(data, mistake)}</li>`);
  const count = `${wrong.length.toLocaleString("en-US")} of ${predictions.count.toLocaleString("en-US")}`;
  return `<p>${count} test examples are wrong. These are the ones it is most sure of: what it is, what the
network takes it for, how sure it is, and which test example it is.</p>
<ul class="mistakes">
${items.join("\n")}
</ul>`;
}

function mistakeFigure(
  data: NamedDataset,
  { row, label, predicted, probability }: Mistake,
): string {
  const name = (c: number) => escapeHtml(data.classNames[c] ?? String(c));
  const uri = exampleUri(data, row);
  const file = ownPartOf(data)?.files?.test[row];
  const which =
    file === undefined
      ? `#${row}`
      : `<span title="${escapeHtml(file)}">#${row} ${escapeHtml(shortName(file))}</span>`;
  return `<figure><img class="digit" src="${uri}" alt="Test example ${row}: a ${name(label)} that looks like a ${name(predicted)}">
<figcaption><b>${name(label)}</b> taken for <b>${name(predicted)}</b><br><small>${percent(probability, 1)} &middot; ${which}</small></figcaption></figure>`;
}

/** The end of a path, as much as stands below a small picture. */
function shortName(file: string): string {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return name.length > 16 ? `…${name.slice(-15)}` : name;
}

/** One test example as a picture: grey, white on black where it is a digit, or in colours. */
export function exampleUri(data: NamedDataset, row: number): string {
  const { height, width, channels, white } = shownOf(data);
  const values = data.test.x.data;
  const at = (x: number, y: number) => ((row * height + y) * width + x) * channels;
  const level = (value: number) => grey(value / white)[0];
  return pngUri(width, height, (x, y) => {
    const first = at(x, y);
    if (channels === 1) return grey(values[first]! / white);
    return [level(values[first]!), level(values[first + 1]!), level(values[first + 2]!)];
  });
}
