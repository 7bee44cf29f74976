// What each layer of a convolutional network makes of one digit of every class: a map for each channel.

import { type NamedDataset, pickExamples } from "neurite/data";
import {
  type FeatureMaps,
  featureMapsOf,
  labelsOf,
  type Predictions,
  probabilitiesOf,
} from "neurite/inspect";
import type { Model } from "neurite/train";
import { percent, plural } from "../terminal/names.ts";
import { exampleUri } from "./pictures.ts";
import { escapeHtml } from "./svg.ts";
import { diverging, grey, tilesUri } from "./tiles.ts";

const COLUMNS = 10;
const MOST_CHANNELS = 100;
/** Pixels a side that a map is enlarged to, as nearly as whole cells allow. */
const TILE = 48;

/** For the first test example of every class; null where the network has no convolution. */
export function featureMaps(
  model: Model,
  data: NamedDataset,
  predictions: Predictions,
): string | null {
  const labels = labelsOf(data.test);
  const rows = data.classNames.flatMap((_, c) => (labels.includes(c) ? [labels.indexOf(c)] : []));
  const maps = featureMapsOf(model, pickExamples(data.test, rows).x);
  if (maps.length === 0) return null;
  const digits = rows.map((row, i) => {
    const shares = probabilitiesOf(predictions, row);
    const taken = shares.indexOf(Math.max(...shares));
    const name = (c: number) => escapeHtml(data.classNames[c] ?? String(c));
    const figures = maps[i]!.map((layer) => mapsFigure(layer, `#${row}`));
    return `<details class="maps" name="maps"${i === 0 ? " open" : ""}>
<summary><img src="${exampleUri(data, row)}" alt="Test example ${row}: a ${name(labels[row]!)}">
<span><b>${name(labels[row]!)}</b>, taken for <b>${name(taken)}</b> (${percent(shares[taken]!, 1)})<br><small>test example #${row}</small></span></summary>
<div class="pair">
${figures.join("\n")}
</div>
</details>`;
  });
  return `<p>The first test example of every class, and the output of every layer for it: one map for each
channel, row by row, counted from 0. Black is 0 and white the largest value in a picture; where values may be
negative, <span class="said"><span class="swatch red"></span> is positive</span>,
<span class="said"><span class="swatch blue"></span> negative</span> and white 0.</p>
${digits.join("\n")}`;
}

function mapsFigure(maps: FeatureMaps, digit: string): string {
  const { height, width, channels, values, low, high, strongest, silent } = maps;
  const at = (channel: number, x: number, y: number) =>
    values[(y * width + x) * channels + channel]!;
  const scale = Math.max(-low, high) || 1;
  const shown = Math.min(channels, MOST_CHANNELS);
  const uri = tilesUri({
    count: shown,
    columns: Math.min(COLUMNS, shown),
    width,
    height,
    zoom: Math.max(1, Math.floor(TILE / Math.max(width, height))),
    gap: 4,
    colorAt: (channel, x, y) => (low < 0 ? diverging : grey)(at(channel, x, y) / scale),
  });
  const name = escapeHtml(maps.layer);
  const cut = shown < channels ? `, the first ${shown} shown` : "";
  const zero = silent > 0 ? `; ${plural(silent, "channel is", "channels are")} 0 everywhere` : "";
  return `<figure>
<img src="${uri}" alt="Output of layer ${name} for test example ${digit}: ${channels} maps of ${height} x ${width}.">
<figcaption><code>${name}</code>: ${plural(channels, "channel")} of ${height} x ${width}${cut}; values from
${short(low)} to ${short(high)}, the largest in channel ${strongest}${zero}.</figcaption>
</figure>`;
}

function short(value: number): string {
  return value === 0 ? "0" : value.toPrecision(3);
}
