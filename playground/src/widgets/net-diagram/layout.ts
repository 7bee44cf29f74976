// Where the units of a network are drawn: a column a layer, the same pitch in all of them.

/** A column: the features, or a dense layer. */
export interface DiagramLayer {
  /** As the variables are called; of the features the name of the input. */
  readonly name: string;
  readonly units: number;
  /** Null of the features. */
  readonly activation: string | null;
}

export interface PlacedUnit {
  readonly layer: number;
  readonly unit: number;
  /** The middle. */
  readonly x: number;
  readonly y: number;
}

export interface Column {
  readonly layer: number;
  readonly x: number;
  readonly shown: readonly PlacedUnit[];
  /** Units that are folded away, behind a button at the end of the column. */
  readonly hidden: number;
  readonly foldY: number;
  /** Whether the layer has more units than are shown folded. */
  readonly canFold: boolean;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The side of a unit. */
  readonly size: number;
  readonly columns: readonly Column[];
}

export interface Room {
  readonly width: number;
  /** Layers by name that are shown whole, however large. */
  readonly open: ReadonlySet<string>;
  /** How large text is, against its usual size. */
  readonly scale?: number;
}

/** The narrowest that a column may be, so that edges and numbers have room. */
const NARROWEST = 74;
const MARGIN = 6;
/** Above the units, for the names of layers. */
const TOP = 44;
/** Below each unit, for its number. */
const CHIP = 22;
/** About how high a drawing may be, so that it is seen at once. */
const [LOW, HIGH] = [420, 620];
const [SMALLEST, LARGEST] = [30, 92];

export function layoutOf(
  layers: readonly DiagramLayer[],
  { width, open, scale = 1 }: Room,
): Layout {
  const [top, chip] = [TOP * scale, CHIP * scale];
  const isNarrow = width < 520;
  // Two more than are folded would fold but one away: then they are shown.
  const most = isNarrow ? 5 : 8;
  const shownOf = ({ name, units }: DiagramLayer) =>
    open.has(name) || units <= most ? units : most - 1;
  const rows = Math.max(
    ...layers.map((layer) => shownOf(layer) + (isFolded(layer, shownOf) ? 1 : 0)),
  );
  const size = sizeFor(rows, width, layers.length, scale);
  const pitch = size + chip;
  const whole = Math.max(width, layers.length * NARROWEST);
  const gap = layers.length > 1 ? (whole - size - 2 * MARGIN) / (layers.length - 1) : 0;
  const height = top + rows * pitch;
  const columns = layers.map((layer, i): Column => {
    const shown = shownOf(layer);
    const places = shown + (isFolded(layer, shownOf) ? 1 : 0);
    const x = MARGIN + size / 2 + i * gap;
    const first = top + ((rows - places) * pitch) / 2 + size / 2;
    return {
      layer: i,
      x,
      shown: Array.from({ length: shown }, (_, unit) => ({
        layer: i,
        unit,
        x,
        y: first + unit * pitch,
      })),
      hidden: layer.units - shown,
      foldY: first + shown * pitch,
      canFold: layer.units > most,
    };
  });
  return { width: whole, height, size, columns };
}

function isFolded(layer: DiagramLayer, shownOf: (layer: DiagramLayer) => number): boolean {
  return shownOf(layer) < layer.units;
}

/** As large as the drawing leaves room for: half of a column, and all rows within its height. */
function sizeFor(rows: number, width: number, columns: number, scale: number): number {
  const height = Math.min(Math.max(0.75 * width, LOW), HIGH * scale);
  const size = Math.min(width / columns / 2, height / rows - CHIP * scale);
  return Math.round(Math.min(Math.max(size, SMALLEST), LARGEST * scale));
}

/** The unit that an arrow key leads to from another. */
export function neighbourOf(
  { columns }: Layout,
  { layer, unit }: { readonly layer: number; readonly unit: number },
  key: string,
): PlacedUnit | null {
  const own = columns[layer]!;
  const at = own.shown.findIndex((place) => place.unit === unit);
  if (key === "ArrowUp" || key === "ArrowDown")
    return own.shown[at + (key === "ArrowUp" ? -1 : 1)] ?? null;
  const next = columns[layer + (key === "ArrowLeft" ? -1 : 1)];
  const y = own.shown[at]?.y ?? 0;
  return (
    next?.shown.reduce((best, place) =>
      Math.abs(place.y - y) < Math.abs(best.y - y) ? place : best,
    ) ?? null
  );
}
