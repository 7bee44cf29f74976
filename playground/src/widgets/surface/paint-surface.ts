// Paints a surface in space on a canvas: its quads from the farthest to the nearest, and ways over them.

import { mix, type Rgb, rgbOf } from "../region/palette.ts";
import type { Heights } from "./contours.ts";
import { cameraOf, type Flat, flatten, quadsOf, type Turn } from "./project.ts";
import { type DrawnWay, pointsOf } from "./way.ts";

export interface Scene {
  readonly heights: Heights;
  readonly names: readonly [u: string, v: string];
  readonly ways: readonly DrawnWay[];
  readonly turn: Turn;
}

/** Finer than this is not told apart, and takes longer to paint. */
const MOST_SIDE = 40;

/** As the style sheet has them. */
const DASHES: Readonly<Record<string, number[]>> = { "series-1": [14, 6], "series-2": [4, 6] };

export function paintSurface(canvas: HTMLCanvasElement, scene: Scene): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { heights, turn, ways } = scene;
  const { width, height } = canvas;
  const style = getComputedStyle(canvas);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const [deep, top] = [rgbOf(read("--surface-deep")), rgbOf(read("--surface-top"))];
  const scale = Math.min(width / 3.4, height / 2.95);
  const place = ({ x, y }: Flat) => [width / 2 + x * scale, 0.47 * height + y * scale] as const;

  context.clearRect(0, 0, width, height);
  context.lineWidth = 0.8;
  context.lineJoin = "round";
  const floor = (x: number, y: number) => place(flatten(turn, x, y, -1));
  trace(context, [floor(-1, -1), floor(1, -1), floor(1, 1), floor(-1, 1)]);
  context.closePath();
  context.strokeStyle = read("--line-strong");
  context.stroke();
  const every = Math.max(Math.round((heights.count - 1) / MOST_SIDE), 1);
  for (const { corners, share } of quadsOf(heights, turn, every)) {
    trace(context, corners.map(place));
    context.closePath();
    context.fillStyle = cssOf(mix(deep, top, share));
    context.fill();
    context.strokeStyle = read("--surface-line");
    context.stroke();
  }
  const { see } = cameraOf(heights, turn);
  for (const way of ways) {
    const points = pointsOf(way).filter(
      ([u, v]) => isWithin(u, heights.u) && isWithin(v, heights.v),
    );
    const places = points.map(([u, v, h]) => place(see(u, v, h)));
    trace(context, places);
    context.lineWidth = 6;
    context.strokeStyle = read("--card");
    context.stroke();
    context.lineWidth = 3.2;
    context.setLineDash(DASHES[way.look] ?? []);
    context.strokeStyle = read(`--${way.look}`);
    context.stroke();
    context.setLineDash([]);
    const end = places.at(-1);
    context.fillStyle = read(`--${way.look}`);
    if (end) context.fillRect(end[0] - 6, end[1] - 6, 12, 12);
  }
  // Letters keep their size on the screen, however small the canvas is shown.
  const pixel = width / (canvas.clientWidth || width);
  paintNames(context, scene, floor, { ink: read("--ink"), font: style.fontFamily, pixel });
}

function isWithin(x: number, [from, to]: readonly [number, number]): boolean {
  return x >= from && x <= to;
}

function trace(context: CanvasRenderingContext2D, places: readonly (readonly [number, number])[]) {
  context.beginPath();
  places.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
}

/** What the axes are called, at the middle of two edges of the floor, with their ends. */
function paintNames(
  context: CanvasRenderingContext2D,
  { names, heights: { u, v } }: Scene,
  floor: (x: number, y: number) => readonly [number, number],
  { ink, font, pixel }: { readonly ink: string; readonly font: string; readonly pixel: number },
): void {
  context.fillStyle = ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const write = (text: string, size: number, at: readonly [number, number]) => {
    context.font = `${size * pixel}px ${font}`;
    context.fillText(text.replaceAll("-", "−"), at[0], at[1]);
  };
  write(names[0], 13, floor(0, -1.36));
  write(names[1], 13, floor(1.36, 0));
  for (const side of [-1, 1] as const) {
    write(String(u[side < 0 ? 0 : 1]), 11.5, floor(side * 0.9, -1.2));
    write(String(v[side < 0 ? 0 : 1]), 11.5, floor(1.2, side * 0.9));
  }
}

function cssOf([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
