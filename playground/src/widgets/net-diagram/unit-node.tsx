// One unit of the drawing: its map of the plane, and the number that stands at it. A button that selects it.

import { formatFixed, formatNumber } from "../../text/numbers.ts";
import type { PlacedUnit } from "./layout.ts";

export interface UnitNodeProps {
  readonly place: PlacedUnit;
  readonly size: number;
  /** As in "dense1/0". */
  readonly id: string;
  readonly label: string;
  /** Shown in the unit, as "x1"; a unit with a map of its own needs none. */
  readonly name: string | null;
  readonly isSelected: boolean;
  readonly isDimmed: boolean;
  /** Something is done in its layer just now. */
  readonly isLit: boolean;
  /** The one unit that the tab key reaches. */
  readonly isReached: boolean;
  readonly onSelect: () => void;
  readonly onFocus: () => void;
  /** The pointer or the focus comes or goes. */
  readonly onPoint: (isOn: boolean) => void;
}

export function UnitNode(props: UnitNodeProps) {
  const { place, size, id, name, isSelected, isDimmed } = props;
  const looks = `${isSelected ? "is-selected" : ""} ${isDimmed ? "is-dimmed" : ""} ${props.isLit ? "is-lit" : ""}`;
  return (
    <button
      type="button"
      class={`net-unit ${place.layer === 0 ? "is-input" : ""} ${looks}`}
      style={{
        left: `${place.x - size / 2}px`,
        top: `${place.y - size / 2}px`,
        width: `${size}px`,
        height: `${size}px`,
      }}
      data-unit={id}
      aria-pressed={isSelected}
      tabIndex={props.isReached ? 0 : -1}
      onClick={props.onSelect}
      onFocus={props.onFocus}
      onBlur={() => props.onPoint(false)}
      onPointerEnter={() => props.onPoint(true)}
      onPointerLeave={() => props.onPoint(false)}
    >
      <span class="visually-hidden">{props.label}</span>
      <canvas data-map={id} aria-hidden="true" />
      {name !== null && (
        <span class="net-unit-name" aria-hidden="true">
          {name}
        </span>
      )}
      <span class="net-chip" data-chip={`${place.layer} ${place.unit}`} />
    </button>
  );
}

/** Two places as long as they fit, and say something: gradients may be small. */
function chipText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return formatNumber(value, 2);
  return size !== 0 && size < 0.005 ? formatNumber(value, 1) : formatFixed(value);
}

/** Writes the number at a unit; none where nothing is known. */
export function writeChip(chip: HTMLElement, value: number | undefined): void {
  const text = value === undefined ? "" : chipText(value);
  // Into the text that is there: another node would be laid out anew with all around it.
  const node = chip.firstChild;
  if (!node || text === "") chip.textContent = text;
  else if (node.nodeValue !== text) node.nodeValue = text;
  chip.classList.toggle("is-negative", value !== undefined && value < 0);
}
