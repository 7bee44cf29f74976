// The output as heights over the plane, in three dimensions: turned by keys, buttons or the pointer.

import { useEffect, useRef, useState } from "preact/hooks";
import { useFrames, useSlice, useText } from "../../app/index.ts";
import type { Frames } from "../../client/index.ts";
import { formatNumber } from "../../text/numbers.ts";
import { TableAlternative } from "../table-alternative.tsx";
import { facesOf, type Turn } from "./heights.ts";
import type { MapValues } from "./paint.ts";
import { type Palette, paletteOf, signedWord } from "./palette.ts";

export interface SurfaceViewProps {
  readonly label: string;
  readonly frames: Frames;
  /** The map of one unit, read at every frame. */
  readonly map: () => MapValues | null;
  readonly what?: string;
}

const SIDE = 460;
const START: Turn = { around: 0.7, up: 0.55 };
const STEP = Math.PI / 18;

export function SurfaceView({ label, frames, map, what }: SurfaceViewProps) {
  const text = useText("network");
  const theme = useSlice((state) => state.theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = useRef<Palette | null>(null);
  const [turn, setTurn] = useState(START);
  const grip = useRef<{ x: number; y: number; turn: Turn } | null>(null);
  const paint = () => {
    const values = map();
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context || !values) return;
    palette.current ??= paletteOf(canvas.current);
    context.clearRect(0, 0, SIDE, SIDE);
    for (const { corners, value } of facesOf(values, turn, SIDE)) {
      context.beginPath();
      for (const [x, y] of corners) context.lineTo(x, y);
      context.closePath();
      context.fillStyle = cssOf(signedWord(palette.current, value));
      context.strokeStyle = "rgb(0 0 0 / 22%)";
      context.fill();
      context.stroke();
    }
  };
  const latest = useRef(paint);
  latest.current = paint;
  useFrames(frames, () => latest.current());
  useEffect(() => {
    palette.current = null;
    latest.current();
  }, [theme, turn, map]);
  const turnBy = (around: number, up: number, from = turn) =>
    setTurn({
      around: from.around + around,
      up: Math.min(Math.max(from.up + up, 0.1), Math.PI / 2),
    });
  const onKeyDown = (event: KeyboardEvent) => {
    const by = TURNS[event.key];
    if (!by) return;
    turnBy(by[0] * STEP, by[1] * STEP);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <figure class="surface-view" data-what={what}>
      <canvas
        ref={canvas}
        width={SIDE}
        height={SIDE}
        role="img"
        tabIndex={0}
        data-own-keys
        aria-label={`${label}. ${text.turnKeys}`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          grip.current = { x: event.clientX, y: event.clientY, turn };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (!grip.current) return;
          const { x, y, turn: from } = grip.current;
          turnBy((event.clientX - x) / 120, (event.clientY - y) / 120, from);
        }}
        onPointerUp={() => {
          grip.current = null;
        }}
      />
      <figcaption>
        <button
          type="button"
          class="icon"
          aria-label={text.turnLeft}
          onClick={() => turnBy(-STEP, 0)}
        >
          ⟲
        </button>
        <button
          type="button"
          class="icon"
          aria-label={text.turnRight}
          onClick={() => turnBy(STEP, 0)}
        >
          ⟳
        </button>
        <button type="button" class="icon" aria-label={text.turnUp} onClick={() => turnBy(0, STEP)}>
          ↑
        </button>
        <button
          type="button"
          class="icon"
          aria-label={text.turnDown}
          onClick={() => turnBy(0, -STEP)}
        >
          ↓
        </button>
      </figcaption>
      <TableAlternative
        caption={label}
        columns={["", ...NINE.map((i) => `x1 ${i + 1}`)]}
        rows={() => rowsOf(map())}
        frames={frames}
      />
    </figure>
  );
}

const TURNS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const NINE = Array.from({ length: 9 }, (_, i) => i);

function rowsOf(map: MapValues | null): string[][] {
  if (!map) return [];
  const at = (i: number) => Math.min(Math.round(((i + 0.5) / 9) * map.cells), map.cells - 1);
  return NINE.map((row) => [
    `x2 ${9 - row}`,
    ...NINE.map((column) => formatNumber(map.values[at(row) * map.cells + at(column)])),
  ]);
}

/** An ABGR word as the style sheet writes colours. */
function cssOf(word: number): string {
  return `rgb(${word & 255} ${(word >> 8) & 255} ${(word >> 16) & 255})`;
}
