// A surface in space, with ways over it: turned by dragging, by arrow keys or by buttons.

import { useEffect, useRef } from "preact/hooks";
import { useSlice, useText } from "../../app/index.ts";
import { useWidth } from "../use-width.ts";
import type { Heights } from "./contours.ts";
import { paintSurface } from "./paint-surface.ts";
import type { Turn } from "./project.ts";
import type { DrawnWay } from "./way.ts";

export interface Surface3DProps {
  readonly label: string;
  readonly heights: Heights;
  readonly names: readonly [u: string, v: string];
  readonly ways: readonly DrawnWay[];
  readonly turn: Turn;
  readonly onTurn: (turn: Turn) => void;
  readonly what?: string;
}

/** In the units of the drawing; the style sheet scales it. */
const [WIDTH, HEIGHT] = [900, 720];
const BY_KEY = 10;

export function Surface3D({ label, heights, names, ways, turn, onTurn, what }: Surface3DProps) {
  const text = useText("widgets");
  const theme = useSlice((state) => state.theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  const shownWidth = useWidth(canvas, WIDTH);
  const last = useRef<readonly [number, number] | null>(null);

  useEffect(() => {
    const paint = () => {
      if (canvas.current) paintSurface(canvas.current, { heights, names, ways, turn });
    };
    paint();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", paint);
    return () => dark.removeEventListener("change", paint);
  }, [heights, names, ways, turn, theme, shownWidth]);

  const turnBy = (azimuth: number, elevation: number) => {
    onTurn({
      azimuth: (turn.azimuth + azimuth + 720) % 360,
      elevation: Math.min(Math.max(turn.elevation + elevation, 5), 90),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = TURNS[event.key];
    if (!by) return;
    turnBy(by[0] * BY_KEY, by[1] * BY_KEY);
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointer = (event: PointerEvent) => {
    if (event.type === "pointerdown") {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    } else if (last.current && event.buttons !== 0) {
      turnBy((event.clientX - last.current[0]) / -2, (event.clientY - last.current[1]) / 3);
    }
    last.current = [event.clientX, event.clientY];
  };
  return (
    <div class="surface-3d" data-what={what}>
      <div
        role="img"
        tabIndex={0}
        data-own-keys
        aria-label={`${label}. ${text.surfaceKeys}`}
        onKeyDown={onKeyDown}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
      >
        <canvas ref={canvas} width={WIDTH} height={HEIGHT} aria-hidden="true" />
      </div>
      <div class="buttons">
        {(["left", "right", "up", "down"] as const).map((name) => (
          <button
            key={name}
            type="button"
            class="icon"
            aria-label={text.turns[name]}
            onClick={() => turnBy(BUTTONS[name][0], BUTTONS[name][1])}
          >
            {SIGNS[name]}
          </button>
        ))}
      </div>
    </div>
  );
}

const TURNS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const BUTTONS = {
  left: [15, 0],
  right: [-15, 0],
  up: [0, 10],
  down: [0, -10],
} as const;

const SIGNS = { left: "↶", right: "↷", up: "⤒", down: "⤓" } as const;
