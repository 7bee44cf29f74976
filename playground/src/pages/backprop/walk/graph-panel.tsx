// The graph as it stands at a place of the walk.

import { useMemo } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import {
  type EdgeLabel,
  type GraphEdge,
  type GraphNode,
  GraphView,
  layoutAsks,
} from "../../../widgets/graph-view/graph-view.tsx";
import { plain } from "../numbers.ts";
import { useJob } from "../use-job.ts";
import {
  edgeKey,
  type Graph,
  type Known,
  knownAt,
  placeOf,
  type Stop,
  stopAt,
  type Walk,
} from "./walk.ts";

const DASH = "–";
const DIGITS = 4;

export function GraphPanel(props: { walk: Walk; at: number; onGo: (at: number) => void }) {
  const { walk, at, onGo } = props;
  const { graph } = walk;
  const text = useText("backprop");
  const { nodes, edges } = useMemo(() => drawingOf(graph), [graph]);
  const { gives: layout } = useJob("graphLayout", layoutAsks(nodes, edges));
  const known = knownAt(walk, at);
  const stop = stopAt(walk, at);
  const current = placeIn(walk, stop);
  const active = new Set(edges.flatMap(({ key, to }) => (to === current ? [key] : [])));
  return (
    <figure class="graph-panel">
      <GraphView
        label={text.graph}
        nodes={nodes}
        edges={edges}
        layout={layout}
        labels={labelsOf(walk, known, edges)}
        current={current}
        active={stop.kind === "seed" ? new Set() : active}
        done={known.values}
        sums={sumsOf(known)}
        onNode={(id) => onGo(placeOf(walk, id, stop.kind === "seed" || stop.kind === "move"))}
        zoomLabels={{ more: text.zoomIn, less: text.zoomOut, fit: text.zoomFit }}
      />
      <figcaption class="graph-legend">
        <span class="legend-value">{text.legendValue}</span>
        <span class="legend-derivative">{text.legendDerivative}</span>
        <span class="legend-sum">{text.legendSum}</span>
      </figcaption>
    </figure>
  );
}

/** The node at which one stands. */
function placeIn({ pass }: Walk, stop: Stop): string | null {
  if (stop.kind === "start") return null;
  return stop.kind === "seed" ? pass.seed : stop.operation.name;
}

const outputId = (name: string) => `output ${name}`;

function drawingOf({ inputs, operations, outputs }: Graph) {
  const nodes: GraphNode[] = inputs.map(({ name }) => ({ id: name, kind: "input", label: name }));
  const edges: GraphEdge[] = [];
  for (const { name, formula, operands } of operations) {
    nodes.push({ id: name, kind: "operation", label: name, detail: formula });
    operands.forEach((operand, place) => {
      const key = edgeKey(name, place);
      const isConstant = operand.kind === "constant";
      const from = isConstant ? `constant ${key}` : operand.name;
      if (isConstant) nodes.push({ id: from, kind: "constant", label: operand.name });
      edges.push({ key, from, to: name });
    });
  }
  for (const { name, source } of outputs) {
    if (source === null) continue;
    const id = outputId(name);
    nodes.push({ id, kind: "output", label: name });
    edges.push({ key: edgeKey(id, 0), from: source, to: id });
  }
  return { nodes, edges };
}

/** Value above and derivative below, each a dash as long as there is none. */
function labelsOf({ graph, pass }: Walk, known: Known, edges: readonly GraphEdge[]) {
  const labels = new Map<string, EdgeLabel>();
  const inputs = new Map(graph.inputs.map(({ name, value }) => [name, value]));
  const values = new Map(graph.operations.map(({ name, value }) => [name, value]));
  const show = (value: number | undefined) => (value === undefined ? DASH : plain(value, DIGITS));
  for (const { name, operands } of graph.operations) {
    operands.forEach((operand, place) => {
      const key = edgeKey(name, place);
      const isKnown = operand.kind !== "operation" || known.values.has(operand.name);
      const derivative =
        pass.mode === "reverse" ? known.edges.get(key) : known.derivatives.get(operand.name);
      labels.set(key, {
        value: isKnown ? show(operand.value) : DASH,
        derivative: operand.kind === "constant" ? "" : show(derivative),
      });
    });
  }
  for (const { key, from } of edges.filter(({ to }) => to.startsWith(outputId("")))) {
    // The way back begins with 1 at its own output; the other outputs have no part in it.
    const isSeeded = known.derivatives.has(pass.seed ?? "");
    const isOwn = isSeeded && key === edgeKey(outputId(pass.of), 0);
    const seed = isOwn ? 1 : undefined;
    const derivative = pass.mode === "reverse" ? seed : known.derivatives.get(from);
    labels.set(key, {
      value: show(inputs.get(from) ?? (known.values.has(from) ? values.get(from) : undefined)),
      derivative: show(derivative),
    });
  }
  return labels;
}

function sumsOf({ arrived, derivatives }: Known): Map<string, string> {
  const sums = new Map<string, string>();
  for (const [name, { parts, all }] of arrived) {
    if (parts.length < 2) continue;
    const rest = parts.length < all ? " …" : "";
    sums.set(name, `Σ ${plain(derivatives.get(name), DIGITS)}${rest}`);
  }
  return sums;
}
