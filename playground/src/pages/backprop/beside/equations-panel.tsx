// BP1 to BP4, lit where they act, and z, a and delta by layer.

import { useText } from "../../../app/index.ts";
import { formula as bp1 } from "../../../formulas/backprop/bp1.tex";
import { formula as bp2 } from "../../../formulas/backprop/bp2.tex";
import { formula as bp3 } from "../../../formulas/backprop/bp3.tex";
import { formula as bp4 } from "../../../formulas/backprop/bp4.tex";
import { FormulaView } from "../../../widgets/index.ts";
import { plain } from "../numbers.ts";
import { useJob } from "../use-job.ts";
import { EQUATIONS, equationsAt, type Layered } from "../walk/roles.ts";
import { knownAt, stopAt, type Walk } from "../walk/walk.ts";
import { Table } from "./table.tsx";

const FORMULAS = { bp1, bp2, bp3, bp4 };

interface EquationsProps {
  readonly layered: Layered;
  readonly walk: Walk;
  readonly at: number;
  /** Of the network; null for a formula. */
  readonly example: number | null;
}

/** Both, one below the other. */
export function EquationsPanel(props: EquationsProps) {
  return (
    <>
      <Equations {...props} />
      <LayerNumbers {...props} />
    </>
  );
}

export function Equations({ layered, walk, at }: Omit<EquationsProps, "example">) {
  const text = useText("backprop");
  const isBackward = walk.pass.mode === "reverse";
  const lit = isBackward ? equationsAt(layered, stopAt(walk, at)) : [];
  return (
    <section class="equations-panel" data-what="errorTerm" aria-labelledby="equations">
      <h2 id="equations">{text.equations}</h2>
      <p class="note">{text.equationsSay}</p>
      <ul class="equations">
        {EQUATIONS.map((name) => (
          <li key={name} class={lit.includes(name) ? "is-lit" : ""} data-what="errorTerm">
            <span class="equation-name">
              {text.bp[name]}
              {lit.includes(name) && <strong> · {text.acts}</strong>}
            </span>
            <FormulaView formula={FORMULAS[name]} spoken={text.bp[name]} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function LayerNumbers({ layered, walk, at, example }: EquationsProps) {
  const text = useText("backprop");
  return (
    <div class="layer-numbers">
      <h2>{text.layerByLayer}</h2>
      {example === null ? (
        <LayersOfGraph layered={layered} walk={walk} at={at} />
      ) : (
        <LayersOfRecord example={example} />
      )}
    </div>
  );
}

/** What the graph knows by now. */
function LayersOfGraph({ layered, walk, at }: Omit<EquationsProps, "example">) {
  const text = useText("backprop");
  const { layer, unit, z, a, delta } = text.layerColumns;
  const { values, derivatives } = knownAt(walk, at);
  const numbers = new Map(walk.graph.operations.map(({ name, value }) => [name, value]));
  const given = new Map(walk.graph.inputs.map(({ name, value }) => [name, value]));
  const shownOf = (name: string | undefined) => {
    if (name === undefined) return "–";
    return plain(given.get(name) ?? (values.has(name) ? numbers.get(name) : null), 6);
  };
  const rows = layered.layers.flatMap((names, l) =>
    names.a.map((name, j) => {
      const net = names.z[j];
      const error = net === undefined ? null : derivatives.get(net);
      return [String(l + 1), name, shownOf(net), shownOf(name), plain(error, 6)];
    }),
  );
  return <Table caption={text.layerByLayer} columns={[layer, unit, z, a, delta]} rows={rows} />;
}

/** What the library's record of the example says. */
export function LayersOfRecord({ example }: { example: number }) {
  const text = useText("backprop");
  const { layer, unit, z, a, slope, delta } = text.layerColumns;
  const { gives } = useJob("equations", { example });
  if (!gives) return null;
  const rows = gives.layers.flatMap((found, l) =>
    found.z.map((net, j) => [
      `${l + 1} (${found.activation})`,
      String(j + 1),
      ...[net, found.a[j], found.slope?.[j], found.delta[j]].map((x) => plain(x, 6)),
    ]),
  );
  return (
    <>
      <p class="note">{text.layersSay}</p>
      <Table caption={text.layerByLayer} columns={[layer, unit, z, a, slope, delta]} rows={rows} />
    </>
  );
}
