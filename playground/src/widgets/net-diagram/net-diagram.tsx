// The network as a drawing: every unit with its map and bias, every weight as an edge. Pages load the texts "network".

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useFrames, useSlice, useText } from "../../app/index.ts";
import type { Frames } from "../../client/index.ts";
import { formatNumber } from "../../text/numbers.ts";
import { type Palette, paletteOf } from "../region/palette.ts";
import { useWidth } from "../use-width.ts";
import { type Edge, edgeAt, paintEdges } from "./edges.ts";
import { type DiagramLayer, layoutOf, neighbourOf, type PlacedUnit } from "./layout.ts";
import { unitName } from "./names.ts";
import { netNumbersOf, type Overlay } from "./numbers.ts";
import { paintMaps } from "./paint-maps.ts";
import { UnitNode, writeChip } from "./unit-node.tsx";
import "./net-diagram.css";

export interface NetDiagramProps {
  readonly frames: Frames;
  /** The features first, then the dense layers. */
  readonly layers: readonly DiagramLayer[];
  /** The names of the features. */
  readonly features: readonly string[];
  readonly overlay: Overlay;
  /** As in "dense1/0"; null where none is. */
  readonly selected: string | null;
  /** A layer that something is done in just now. */
  readonly lit?: number | null;
  readonly onSelect: (unit: string | null) => void;
  /** The unit under the pointer, or with the focus; null once it is left. */
  readonly onPoint?: (unit: string | null) => void;
  /** W, B or an edge that was tapped: its number is to be edited. `from` is the unit below, null for the bias. */
  readonly onEdit: (unit: string, from: number | null) => void;
}

export function NetDiagram(props: NetDiagramProps) {
  const { frames, layers, features, overlay, selected } = props;
  const text = useText("network");
  const theme = useSlice((state) => state.theme);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useRef<Colours | null>(null);
  const width = useWidth(frame, 600);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [reached, setReached] = useState<string | null>(null);
  const [edge, setEdge] = useState<Edge | null>(null);
  const scale = textScale();
  const layout = useMemo(
    () => layoutOf(layers, { width, open, scale }),
    [layers, width, open, scale],
  );
  const idOf = ({ layer, unit }: { layer: number; unit: number }) =>
    `${layers[layer]!.name}/${unit}`;
  const places = layout.columns.flatMap(({ shown }) => shown);
  const focus = places.find((place) => idOf(place) === selected) ?? null;
  const tabStop = places.some((place) => idOf(place) === reached) ? reached : idOf(places[0]!);

  const paint = () => {
    if (!frame.current || !canvas.current) return;
    colours.current ??= coloursOf(frame.current);
    const numbers = netNumbersOf(frames.current, layers, overlay);
    const { high, low, palette } = colours.current;
    paintEdges(canvas.current, layout, numbers, { high, low, overlay, focus, marked: edge });
    for (const chip of frame.current.querySelectorAll<HTMLElement>("[data-chip]")) {
      const [layer, unit] = chip.dataset["chip"]!.split(" ").map(Number);
      writeChip(chip, numbers.chips[layer!]?.[unit!]);
    }
    paintMaps(frame.current, frames.current, layers, palette);
  };
  const latest = useRef(paint);
  latest.current = paint;
  useFrames(frames, () => latest.current());
  useEffect(() => latest.current());
  useEffect(() => {
    const repaint = () => {
      colours.current = null;
      latest.current();
    };
    repaint();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", repaint);
    return () => dark.removeEventListener("change", repaint);
  }, [theme]);

  const nameOf = ({ layer, unit }: PlacedUnit) =>
    layer === 0
      ? text.inputUnit(features[unit] ?? "")
      : text.unit(layer, layers.length - 1, unit + 1, layers[layer]!.activation ?? "linear");
  const onKeyDown = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).dataset["unit"];
    const place = places.find((one) => idOf(one) === id);
    if (!id || !place || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (event.key.startsWith("Arrow")) {
      const next = neighbourOf(layout, place, event.key);
      if (next) frame.current?.querySelector<HTMLElement>(`[data-unit="${idOf(next)}"]`)?.focus();
    } else if (event.key === "Escape") props.onSelect(null);
    else if ((key === "w" || key === "b") && place.layer > 0)
      props.onEdit(id, key === "w" ? 0 : null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const edgeUnder = (event: MouseEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return edgeAt(layout, netNumbersOf(frames.current, layers, overlay), x, y);
  };

  return (
    <div class="net-diagram" data-what="network">
      <div class="net-scroll" ref={frame}>
        <div
          class="net-frame"
          data-picture
          role="group"
          aria-label={`${text.diagram}. ${text.diagramKeys}`}
          data-own-keys
          style={{ width: `${layout.width}px`, height: `${layout.height}px` }}
          onKeyDown={onKeyDown}
        >
          <canvas
            ref={canvas}
            class="net-edges"
            aria-hidden="true"
            onPointerMove={(event) => setEdge(edgeUnder(event))}
            onPointerLeave={() => setEdge(null)}
            onClick={(event) => {
              const found = edgeUnder(event);
              if (found) props.onEdit(idOf({ layer: found.layer, unit: found.to }), found.from);
              else props.onSelect(null);
            }}
          />
          {layout.columns.map((column, layer) => (
            <div key={layers[layer]!.name} class="net-column">
              <p
                class={`net-column-name ${layer === props.lit ? "is-lit" : ""}`}
                style={nameStyle(layer, layers.length, column.x)}
              >
                {layer === 0 ? text.inputs : text.layerName(layer, layers.length - 1)}
                <span>{layer === 0 ? "" : layers[layer]!.activation}</span>
              </p>
              {column.shown.map((place) => {
                const id = idOf(place);
                return (
                  <UnitNode
                    key={id}
                    id={id}
                    place={place}
                    size={layout.size}
                    label={nameOf(place)}
                    name={layer === 0 ? (features[place.unit] ?? null) : null}
                    isLit={layer === props.lit}
                    isSelected={id === selected}
                    isDimmed={focus !== null && isFar(place, focus)}
                    isReached={id === tabStop}
                    onFocus={() => {
                      setReached(id);
                      props.onPoint?.(id);
                    }}
                    onPoint={(isOn) => props.onPoint?.(isOn ? id : null)}
                    onSelect={() => props.onSelect(id === selected ? null : id)}
                  />
                );
              })}
              {column.canFold && (
                <button
                  type="button"
                  class="net-fold"
                  aria-expanded={column.hidden === 0}
                  style={{ left: `${column.x}px`, top: `${column.foldY}px` }}
                  onClick={() => setOpen(toggled(open, layers[layer]!.name))}
                >
                  {column.hidden > 0 ? text.unfold(column.hidden) : text.fold}
                </button>
              )}
            </div>
          ))}
        </div>
      </div>
      <p class="net-reading">{edge ? edgeText(edge) : text.diagramHint}</p>
    </div>
  );

  function edgeText({ layer, from, to }: Edge): string {
    const { edges } = netNumbersOf(frames.current, layers, overlay);
    const value = edges[layer - 1]?.[from * layers[layer]!.units + to];
    const name = (at: number, unit: number) => unitName(text, layers, features, at, unit);
    const what = `${name(layer - 1, from)} → ${name(layer, to)}`;
    return `${what}: ${EDGE_SIGNS[overlay]} = ${formatNumber(value)}`;
  }
}

/** What an edge shows, as formulas write it. */
const EDGE_SIGNS: Readonly<Record<Overlay, string>> = {
  weight: "w",
  gradient: "∂C/∂w",
  value: "a",
  contribution: "x · w",
};

/** Over its column; the outermost names end with the drawing. */
function nameStyle(layer: number, layers: number, x: number) {
  if (layer === 0) return { left: "0" };
  return layer === layers - 1 ? { right: "0" } : { left: `${x}px`, transform: "translateX(-50%)" };
}

/** Neither the unit, nor one that it reads or is read by. */
function isFar(place: PlacedUnit, focus: PlacedUnit): boolean {
  if (place.layer === focus.layer) return place.unit !== focus.unit;
  return Math.abs(place.layer - focus.layer) !== 1;
}

function toggled(open: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return open.has(name)
    ? new Set([...open].filter((one) => one !== name))
    : new Set([...open, name]);
}

/** How large text is, against 16 pixels: on a projector it is larger, and units with it. */
function textScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}

interface Colours {
  readonly high: string;
  readonly low: string;
  readonly palette: Palette;
}

function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return { high: read("--high"), low: read("--low"), palette: paletteOf(element) };
}
