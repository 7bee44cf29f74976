// A curve drawn before it is computed: by finger or mouse over the picture, or place by place with sliders.

import { useState } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import {
  heightsOf,
  type LessonText,
  type Predicted,
  type Prediction,
} from "../../../lessons/index.ts";
import type { Answer } from "../../../protocol/index.ts";
import { formatFixed } from "../../../text/numbers.ts";

interface CurveDrawingProps {
  readonly predict: Extract<Prediction, { kind: "curve" }>;
  readonly words: LessonText;
  readonly locked: Predicted | null;
  readonly onLock: (predicted: Predicted) => void;
  readonly answer: Answer | null;
}

const WIDTH = 480;
const HEIGHT = 200;
const EDGE = 20;

export function CurveDrawing({ predict, words, locked, onLock, answer }: CurveDrawingProps) {
  const { at, range, of } = predict;
  const text = useText("lessons");
  const [low, high] = range;
  const [drawn, setDrawn] = useState<readonly number[]>(() => at.map(() => (low + high) / 2));
  const [first, last] = [at[0]!, at.at(-1)!];
  const toX = (x: number) => EDGE + ((x - first) / (last - first)) * (WIDTH - 2 * EDGE);
  const toY = (y: number) => HEIGHT - EDGE - ((y - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const line = (ys: readonly number[]) => ys.map((y, i) => `${toX(at[i]!)},${toY(y)}`).join(" ");
  const shown = (locked as readonly number[] | null) ?? drawn;
  const put = (i: number, y: number) => setDrawn(drawn.map((old, k) => (k === i ? y : old)));

  const onPointer = (event: PointerEvent) => {
    if (locked !== null || (event.type === "pointermove" && event.buttons === 0)) return;
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    const i = Math.round(((x - EDGE) / (WIDTH - 2 * EDGE)) * (at.length - 1));
    const value = low + ((HEIGHT - EDGE - y) / (HEIGHT - 2 * EDGE)) * (high - low);
    put(Math.min(Math.max(i, 0), at.length - 1), Math.min(Math.max(value, low), high));
  };

  return (
    <div class="curve-drawing">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={text.drawn(words.names[of]!)}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
      >
        <line class="base" x1={EDGE} x2={WIDTH - EDGE} y1={toY(0)} y2={toY(0)} />
        <line class="base" x1={toX(0)} x2={toX(0)} y1={EDGE} y2={HEIGHT - EDGE} />
        <polyline class="drawn" points={line(shown)} />
        {shown.map((y, i) => (
          <circle key={at[i]} class="drawn" cx={toX(at[i]!)} cy={toY(y)} r={6} />
        ))}
        {locked !== null && answer && (
          <polyline class="came" points={line(heightsOf(predict, answer))} />
        )}
      </svg>
      {locked === null && (
        <>
          <details>
            <summary>{text.bySliders}</summary>
            {at.map((x, i) => (
              <label key={x} class="place">
                <span>{text.heightAt(formatFixed(x, 1))}</span>
                <input
                  type="range"
                  min={low}
                  max={high}
                  step={(high - low) / 50}
                  value={drawn[i]}
                  onInput={(event) => put(i, Number(event.currentTarget.value))}
                />
                <output>{formatFixed(drawn[i]!)}</output>
              </label>
            ))}
          </details>
          <button type="button" class="primary" onClick={() => onLock(drawn)}>
            {text.lock}
          </button>
        </>
      )}
    </div>
  );
}
