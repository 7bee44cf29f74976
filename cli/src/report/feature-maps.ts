// What each layer of a convolutional network makes of one digit of every class: a map for each channel.

import type { Tensor } from "neurite";
import { type NamedDataset, pickExamples } from "neurite/data";
import { activationsOf, labelsOf, type Predictions, probabilitiesOf } from "neurite/inspect";
import type { Model } from "neurite/train";
import { percent, plural } from "../terminal/names.ts";
import { digitUri } from "./pictures.ts";
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
  const layers = layersWithMaps(model);
  if (layers.length === 0) return null;
  const labels = labelsOf(data.test);
  const rows = data.classNames.flatMap((_, c) => (labels.includes(c) ? [labels.indexOf(c)] : []));
  const found = activationsOf(model, pickExamples(data.test, rows).x);
  const digits = rows.map((row, i) => {
    const shares = probabilitiesOf(predictions, row);
    const taken = shares.indexOf(Math.max(...shares));
    const name = (c: number) => escapeHtml(data.classNames[c] ?? String(c));
    const figures = layers.map((layer) => mapsFigure(layer, found.get(layer)!, i, `#${row}`));
    return `<details class="maps" name="maps"${i === 0 ? " open" : ""}>
<summary><img src="${digitUri(data.test.x, row)}" alt="Test example ${row}: a ${name(labels[row]!)}">
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

/** From the first convolution on, the layers whose outputs are maps. */
function layersWithMaps({ network }: Model): string[] {
  const first = network.placed.findIndex(({ kind }) => kind === "conv2d");
  if (first < 0) return [];
  return network.placed
    .slice(first)
    .filter(({ kind, outputShape }) => outputShape.length === 3 && kind !== "dropout")
    .map(({ name }) => name);
}

/** @param maps [examples, height, width, channels] */
function mapsFigure(layer: string, maps: Tensor, example: number, digit: string): string {
  const [, height, width, channels] = maps.type.shape as [number, number, number, number];
  const size = height * width * channels;
  const values = maps.data.subarray(example * size, (example + 1) * size);
  const at = (channel: number, x: number, y: number) =>
    values[(y * width + x) * channels + channel]!;
  const { low, high, strongest, silent } = measure(values, channels);
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
  const name = escapeHtml(layer);
  const cut = shown < channels ? `, the first ${shown} shown` : "";
  const zero = silent > 0 ? `; ${plural(silent, "channel is", "channels are")} 0 everywhere` : "";
  return `<figure>
<img src="${uri}" alt="Output of layer ${name} for test example ${digit}: ${channels} maps of ${height} x ${width}.">
<figcaption><code>${name}</code>: ${plural(channels, "channel")} of ${height} x ${width}${cut}; values from
${short(low)} to ${short(high)}, the largest in channel ${strongest}${zero}.</figcaption>
</figure>`;
}

/** The range, the channel of the largest value, and how many channels are 0. */
function measure(values: ArrayLike<number>, channels: number) {
  let [low, high, strongest] = [Infinity, -Infinity, 0];
  const isSilent = new Array<boolean>(channels).fill(true);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    low = Math.min(low, value);
    if (value !== 0) isSilent[i % channels] = false;
    if (value > high) [high, strongest] = [value, i % channels];
  }
  return { low, high, strongest, silent: isSilent.filter(Boolean).length };
}

function short(value: number): string {
  return value === 0 ? "0" : value.toPrecision(3);
}
