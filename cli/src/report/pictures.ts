// What a network for images sees: its first weights as pictures, and the examples it gets most wrong.

import type { Model } from "neurite/train";
import { pngUri } from "../pictures/png.ts";
import { type LoadedData, type Rows, SIDE } from "../runs/datasets.ts";
import { labelsOf, largest, type Predictions, probabilities } from "../runs/judgement.ts";
import { percent } from "../terminal/names.ts";
import { escapeHtml } from "./svg.ts";
import { diverging, grey, tilesUri } from "./tiles.ts";

const GAP = 2;
const LARGEST_GRID = 100;

/** One picture with a tile for each unit of the first dense layer; null where none reads the pixels. */
export function weightPictures(model: Model): string | null {
  const found = [...model.instance.params.variables].find(([name]) => name.endsWith("/w"));
  if (!found) return null;
  const [path, variable] = found;
  const [inputs, units = 0] = variable.type.shape;
  if (inputs !== SIDE * SIDE) return null;
  const { data } = variable;
  const shown = Math.min(units, LARGEST_GRID);
  const strongest = Array.from({ length: shown }, (_, unit) => {
    let most = 0;
    for (let i = 0; i < inputs; i++) most = Math.max(most, Math.abs(data[i * units + unit]!));
    return most || 1;
  });
  const uri = tilesUri({
    count: shown,
    columns: Math.ceil(Math.sqrt(shown)),
    width: SIDE,
    height: SIDE,
    gap: GAP,
    colorAt: (unit, x, y) => diverging(data[(y * SIDE + x) * units + unit]! / strongest[unit]!),
  });
  const layer = escapeHtml(path.split("/")[0]!);
  const part = shown < units ? ` (the first ${shown} of ${units})` : "";
  return `<figure>
<img class="weights" src="${uri}" alt="Grid of ${shown} small pictures, one for each unit of layer ${layer}: the weight of every pixel, blue where it is negative, red where it is positive.">
<figcaption>Every tile is one unit of <code>${layer}</code>${part}: the weight it gives to each pixel.
<span class="swatch red"></span> ink here speaks for it, <span class="swatch blue"></span> against it.
Pixels that are never inked, as those at the edge, keep the random weights that they began with.</figcaption>
</figure>`;
}

interface Mistake {
  readonly row: number;
  readonly label: number;
  readonly taken: number;
  readonly sure: number;
}

const SHOWN = 24;

/** The test examples that the network is most sure and wrong of. */
export function worstMistakes(data: LoadedData, predictions: Predictions): string {
  const labels = labelsOf(data.test);
  const wrong = labels.flatMap((label, row): Mistake[] => {
    const shares = probabilities(predictions, row);
    const taken = largest(shares);
    return taken === label ? [] : [{ row, label, taken, sure: shares[taken]! }];
  });
  if (wrong.length === 0) return "<p>The network makes no mistake on the test set.</p>";
  const worst = wrong.sort((a, b) => b.sure - a.sure || a.row - b.row).slice(0, SHOWN);
  const items = worst.map((mistake) => `<li>${mistakeFigure(data, mistake)}</li>`);
  const count = `${wrong.length.toLocaleString("en-US")} of ${labels.length.toLocaleString("en-US")}`;
  return `<p>${count} test examples are wrong. These are the ones it is most sure of: what it is, what the
network takes it for, how sure it is, and which test example it is.</p>
<ul class="mistakes">
${items.join("\n")}
</ul>`;
}

function mistakeFigure(data: LoadedData, { row, label, taken, sure }: Mistake): string {
  const name = (c: number) => escapeHtml(data.classNames[c] ?? String(c));
  const uri = digitUri(data.test.x, row);
  return `<figure><img class="digit" src="${uri}" alt="Test example ${row}: a ${name(label)} that looks like a ${name(taken)}">
<figcaption><b>${name(label)}</b> taken for <b>${name(taken)}</b><br><small>${percent(sure, 1)} &middot; #${row}</small></figcaption></figure>`;
}

/** One example as a picture, white on black. */
export function digitUri({ data }: Rows, row: number): string {
  return pngUri(SIDE, SIDE, (x, y) => grey(data[(row * SIDE + y) * SIDE + x]! / 255));
}
