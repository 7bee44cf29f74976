// Strokes on paper, whatever the light: the picture without the paper's shading, edges and colour.

import type { Grey } from "./grey.ts";

/**
 * How much ink is where: 0 for paper, 255 for the strongest stroke. Strokes may be darker than the paper or
 * lighter. All 0 where there are none.
 */
export function inkOf(picture: Grey): Grey {
  const { width, height } = picture;
  const [low, middle, high] = levels(picture.data);
  const isDark = middle - low >= high - middle;
  // From here on paper is light.
  const light = isDark
    ? picture
    : { width, height, data: picture.data.map((value) => 255 - value) };
  const even = withoutEdges(light);
  const ground = groundOf(even);
  // A shadow takes the same part of the light from paper and ink: what counts is the part that is left.
  const part = even.data.map((value, i) => 1 - value / Math.max(ground[i]!, DARKEST));
  const [, paper, strongest] = levels(part);
  const range = strongest - paper;
  const [, grain] = levels(part.map((value) => Math.abs(value - paper)));
  const faint = 255 * Math.min(MOST_GRAIN, Math.max(FAINT, (GRAINS * grain) / range));
  const ink = part.map((value) => {
    const strength = (255 * (value - paper)) / range;
    return strength < faint ? 0 : strength;
  });
  return { width, height, data: range < FAINTEST ? new Float32Array(ink.length) : ink };
}

/** Fainter than this part of the strongest stroke is paper. */
const FAINT = 0.06;
/** So is what is no more than this multiple of the paper's own grain, where that is not all there is. */
const GRAINS = 5;
const MOST_GRAIN = 0.35;

/** Paper darker than this is taken for this: what is divided by it would be noise. */
const DARKEST = 40;
/** Strokes that take a smaller part of the light than this are none. */
const FAINTEST = 0.06;

/** The lowest, the middle and the highest value. */
function levels(data: Float32Array): [number, number, number] {
  const sorted = data.slice().sort();
  return [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!];
}

/** A line of pixels along a side, and how one goes from there into the picture. */
interface Side {
  readonly length: number;
  readonly depth: number;
  place(along: number, inwards: number): number;
}

function sidesOf({ width, height }: Grey): Side[] {
  return [
    { length: height, depth: width, place: (y, x) => y * width + x },
    { length: height, depth: width, place: (y, x) => y * width + width - 1 - x },
    { length: width, depth: height, place: (x, y) => y * width + x },
    { length: width, depth: height, place: (x, y) => (height - 1 - y) * width + x },
  ];
}

/** A side whose line is dark all along, to this part, is no stroke but the edge of a scan or a table. */
const ALONG = 0.97;
/** No edge is deeper than this part of the picture. */
const DEEPEST = 1 / 6;

/** Dark edges become the paper beside them. */
function withoutEdges(picture: Grey): Grey {
  const data = picture.data.slice();
  const [low, paper] = levels(data);
  const isDark = (place: number) => data[place]! < (low + paper) / 2;
  const sides = sidesOf(picture).filter(({ length, place }) => {
    const dark = Array.from({ length }, (_, along) => isDark(place(along, 0)));
    return dark.filter(Boolean).length >= ALONG * length;
  });
  for (const { length, depth, place } of sides) {
    const most = Math.ceil(depth * DEEPEST);
    for (let along = 0; along < length; along++) {
      let edge = 0;
      while (edge < most && isDark(place(along, edge))) edge++;
      if (edge === 0 || edge === most) continue; // a line of another side's edge
      const beside = data[place(along, edge + 1)]!; // the next may be half edge, half paper
      for (let i = 0; i <= edge; i++) data[place(along, i)] = beside;
    }
  }
  return { ...picture, data };
}

/** Wider than a stroke, as a part of the picture's longer side: half the window of the ground. */
const REACH = 1 / 5;

/**
 * The paper alone: strokes are closed over by the lightest of what is around them (a morphological
 * closing), which leaves light that changes slowly, and the border of a shadow, as they are.
 */
function groundOf({ width, height, data }: Grey): Float32Array {
  const reach = Math.max(2, Math.round(Math.max(width, height) * REACH));
  const lightest = (from: Float32Array) => extremes(from, { width, height, reach }, Math.max);
  const darkest = (from: Float32Array) => extremes(from, { width, height, reach }, Math.min);
  const closed = darkest(lightest(data));
  return closed.map((value, i) => Math.max(value, data[i]!));
}

type Pick = (a: number, b: number) => number;

/** The extreme of the square around each pixel: along rows, then along columns. */
function extremes(
  data: Float32Array,
  { width, height, reach }: { width: number; height: number; reach: number },
  pick: Pick,
): Float32Array {
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    extremesOfLine(data, rows, { start: y * width, step: 1, length: width, reach }, pick);
  }
  const out = new Float32Array(data.length);
  for (let x = 0; x < width; x++) {
    extremesOfLine(rows, out, { start: x, step: width, length: height, reach }, pick);
  }
  return out;
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly length: number;
  readonly reach: number;
}

/**
 * The extreme of the window around each pixel of a line, by van Herk's method: a window spans the end of one
 * block of its own length and the beginning of the next, and of both the extremes so far are known.
 */
function extremesOfLine(from: Float32Array, to: Float32Array, line: Line, pick: Pick): void {
  const longer = lengthened(from, line);
  const size = 2 * line.reach + 1;
  const [before, after] = [longer.slice(), longer.slice()];
  for (let i = 1; i < longer.length; i++) {
    if (i % size !== 0) before[i] = pick(before[i - 1]!, longer[i]!);
    const j = longer.length - 1 - i;
    if ((j + 1) % size !== 0) after[j] = pick(after[j + 1]!, longer[j]!);
  }
  for (let i = 0; i < line.length; i++) {
    to[line.start + i * line.step] = pick(after[i]!, before[i + size - 1]!);
  }
}

/** Beyond its ends a line goes on as it came, turned round: so that a slope stays a slope. */
function lengthened(from: Float32Array, { start, step, length, reach }: Line): Float32Array {
  const at = (i: number) => from[start + Math.min(Math.max(i, 0), length - 1) * step]!;
  return Float32Array.from({ length: length + 2 * reach }, (_, j) => {
    const i = j - reach;
    if (i >= 0 && i < length) return at(i);
    const end = i < 0 ? 0 : length - 1;
    return Math.min(255, Math.max(0, 2 * at(end) - at(2 * end - i)));
  });
}
