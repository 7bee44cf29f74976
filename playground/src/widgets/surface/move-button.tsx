// A start on a map: a button that is dragged, or moved by arrow keys.

import { useText } from "../../app/index.ts";
import { MOVES } from "./moves.ts";
import { type MovablePlace, placeText } from "./way.ts";

interface MoveButtonProps {
  readonly place: MovablePlace;
  /** Shares of the map's width and height. */
  readonly left: number;
  readonly top: number;
  readonly step: number;
  readonly onMove: (u: number, v: number) => void;
  readonly placeAt: (event: PointerEvent, box: DOMRect) => readonly [u: number, v: number];
}

export function MoveButton({ place, left, top, step, onMove, placeAt }: MoveButtonProps) {
  const text = useText("widgets");
  const onKeyDown = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!by) return;
    const far = step * (event.shiftKey ? 5 : 1);
    onMove(place.u + by[0] * far, place.v + by[1] * far);
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointer = (event: PointerEvent) => {
    const button = event.currentTarget as HTMLElement;
    if (event.type === "pointerdown") button.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    onMove(...placeAt(event, button.parentElement!.querySelector("svg")!.getBoundingClientRect()));
  };
  return (
    <button
      type="button"
      class="move-button"
      data-own-keys
      style={`left: ${100 * left}%; top: ${100 * top}%`}
      aria-label={text.startAt(place.name, placeText(place.u, place.v))}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      {place.name}
    </button>
  );
}
