// A computation graph: ops as boxes, on every edge the value above and the derivative below. Tapping a box goes there.

import { curveBasis, line } from "d3-shape";
import { useEffect, useRef, useState } from "preact/hooks";
import { useSlice } from "../../app/index.ts";
import { type GraphEdge, type GraphLayout, type GraphNode, isOf } from "./layout.ts";
import "./graph-view.css";

export { type GraphEdge, type GraphNode, layoutAsks } from "./layout.ts";

/** What stands on an edge; what is not there yet is a dash. */
export interface EdgeLabel {
  readonly value: string;
  readonly derivative: string;
}

export interface GraphViewProps {
  /** The accessible name. */
  readonly label: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What the worker made of layoutAsks(); null as long as it has not. */
  readonly layout: GraphLayout | null;
  readonly labels: ReadonlyMap<string, EdgeLabel>;
  /** The node at which one stands, and the edges that it is about. */
  readonly current: string | null;
  readonly active: ReadonlySet<string>;
  /** Nodes whose value is known, and those that are lit as belonging together. */
  readonly done: ReadonlySet<string>;
  /** Sums at values that several ops read, as "6 + 1 = 7". */
  readonly sums: ReadonlyMap<string, string>;
  readonly onNode: (id: string) => void;
  readonly zoomLabels: { readonly more: string; readonly less: string; readonly fit: string };
}

const drawLine = line().curve(curveBasis);
const EMPTY: GraphLayout = { width: 1, height: 320, boxes: {}, edges: [] };
/** At either side: a sum is wider than the input that it stands below. */
const MARGIN = 30;
const SMALLEST = 0.6;
const LARGEST = 2;

export function GraphView(props: GraphViewProps) {
  const { label, nodes, edges, current } = props;
  const layout = props.layout && isOf(props.layout, nodes, edges) ? props.layout : EMPTY;
  const frame = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useZoom(layout, frame);
  useFollow(layout, frame, current, zoom);
  // From an overview one step leads back to what can be read.
  const scale = (factor: number) => setZoom(Math.min(Math.max(zoom * factor, SMALLEST), LARGEST));
  return (
    <div class="graph-view" data-what="computationGraph">
      <section class="graph-frame" ref={frame} tabIndex={0} aria-label={label}>
        <svg
          role="img"
          aria-label={label}
          viewBox={`${-MARGIN} 0 ${acrossOf(layout)} ${layout.height}`}
          width={acrossOf(layout) * zoom}
          height={layout.height * zoom}
        >
          {layout.edges.map(({ key, points }) => (
            <path
              key={key}
              class={`graph-edge ${props.active.has(key) ? "is-active" : ""}`}
              d={drawLine(points as [number, number][]) ?? ""}
            />
          ))}
          {nodes.map((node) => (
            <Node key={node.id} {...props} node={node} layout={layout} />
          ))}
          {layout.edges.map(({ key, label: [x, y] }) => {
            const { value = "–", derivative = "–" } = props.labels.get(key) ?? {};
            return (
              <g key={key} class={`graph-label ${props.active.has(key) ? "is-active" : ""}`}>
                <text class="graph-value" x={x} y={y - 6}>
                  {value}
                </text>
                <text class="graph-derivative" x={x} y={y + 15}>
                  {derivative}
                </text>
              </g>
            );
          })}
        </svg>
      </section>
      <div class="graph-zoom">
        <button type="button" onClick={() => setZoom(fitOf(layout, frame.current))}>
          {props.zoomLabels.fit}
        </button>
        <button type="button" aria-label={props.zoomLabels.less} onClick={() => scale(0.8)}>
          −
        </button>
        <button type="button" aria-label={props.zoomLabels.more} onClick={() => scale(1.25)}>
          +
        </button>
      </div>
    </div>
  );
}

interface NodeProps extends Omit<GraphViewProps, "layout"> {
  readonly node: GraphNode;
  readonly layout: GraphLayout;
}

function Node({ node, layout, current, done, sums, onNode }: NodeProps) {
  const box = layout.boxes[node.id];
  if (!box) return null;
  const { x, y, width, height } = box;
  const isWaiting = node.kind === "operation" && !done.has(node.id);
  const state = `${node.id === current ? "is-current" : ""} ${isWaiting ? "is-waiting" : ""}`;
  const sum = sums.get(node.id);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list of ops has a button for each
    <g class={`graph-node is-${node.kind} ${state}`} onClick={() => onNode(node.id)}>
      <rect
        x={x - width / 2}
        y={y - height / 2}
        width={width}
        height={height}
        rx={node.kind === "operation" ? 9 : height / 2}
      />
      <text x={x} y={node.detail ? y - 8 : y}>
        {node.label}
      </text>
      {node.detail && (
        <text class="graph-detail" x={x} y={y + 10}>
          {node.detail}
        </text>
      )}
      {sum && (
        <text class="graph-sum" x={x} y={y + height / 2 + 12}>
          {sum}
        </text>
      )}
    </g>
  );
}

/** The zoom at which all of the graph is in sight: a large one is then an overview, whose words are small. */
function fitOf(layout: GraphLayout, frame: HTMLElement | null): number {
  if (!frame) return 1;
  const across = (frame.clientWidth - 2) / acrossOf(layout);
  return Math.min(across, (frame.clientHeight - 2) / layout.height, LARGEST);
}

const acrossOf = ({ width }: GraphLayout) => width + 2 * MARGIN;

/** At first the whole graph, as long as it can be read so. */
function useZoom(layout: GraphLayout, frame: { readonly current: HTMLDivElement | null }) {
  const [zoom, setZoom] = useState(1);
  const across = acrossOf(layout);
  useEffect(() => {
    const room = (frame.current?.clientWidth ?? across) / across;
    setZoom(Math.min(Math.max(room, 0.85), 1.35));
  }, [across, frame]);
  return [zoom, setZoom] as const;
}

/** Keeps what one stands at in sight. */
function useFollow(
  { boxes }: GraphLayout,
  frame: { readonly current: HTMLDivElement | null },
  current: string | null,
  zoom: number,
): void {
  const isCalm = useSlice((state) => state.reducedMotion);
  useEffect(() => {
    const box = current === null ? undefined : boxes[current];
    const { current: element } = frame;
    if (!box || !element) return;
    element.scrollTo({
      left: (box.x + MARGIN) * zoom - element.clientWidth / 2,
      top: box.y * zoom - element.clientHeight / 2,
      behavior: isCalm ? "instant" : "smooth",
    });
  }, [boxes, current, zoom, frame, isCalm]);
}
