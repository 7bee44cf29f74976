// All weights and biases of one layer as a table that edits them: typed, or tapped up and down.

import { useState } from "preact/hooks";
import { useFrame, useText } from "../../app/index.ts";
import type { Training } from "../../client/index.ts";
import { Choice } from "../choice.tsx";
import { NumberField } from "../number-field.tsx";
import type { DiagramLayer } from "./layout.ts";
import { variablesOf } from "./numbers.ts";

export interface WeightTableProps {
  readonly training: Training;
  readonly layers: readonly DiagramLayer[];
  readonly features: readonly string[];
}

/** What one tap adds to a weight. */
export const WEIGHT_STEP = 0.1;

export function WeightTable(props: WeightTableProps) {
  const text = useText("network");
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      class="table-alternative weight-table"
      data-what="weight"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{text.weightTable}</summary>
      {isOpen && <Matrix {...props} />}
    </details>
  );
}

function Matrix({ training, layers, features }: WeightTableProps) {
  const text = useText("network");
  const [at, setAt] = useState("1");
  const frame = useFrame(training.frames, 4);
  const index = Math.min(Number(at), layers.length - 1);
  const layer = layers[index]!;
  const layerName = text.layerName(index, layers.length - 1);
  const { w, b } = variablesOf(frame, layer.name);
  const units = Array.from({ length: layer.units }, (_, unit) => unit);
  const below =
    index === 1
      ? features
      : Array.from({ length: layers[index - 1]!.units }, (_, i) => text.unitShort(i + 1));
  const field = (name: "w" | "b", i: number, label: string, value: number | undefined) =>
    value === undefined ? (
      "–"
    ) : (
      <NumberField
        label={label}
        isCompact
        value={value}
        step={WEIGHT_STEP}
        onChange={(next) => training.set(`${layer.name}/${name}`, i, next)}
      />
    );
  return (
    <>
      <Choice
        label={text.layer}
        value={String(index)}
        options={layers
          .slice(1)
          .map((_, i) => [String(i + 1), text.layerName(i + 1, layers.length - 1)] as const)}
        onChange={setAt}
      />
      <section class="table-scroll" tabIndex={0} aria-label={text.weightsOf(layerName)}>
        <table>
          <caption>{text.weightsOf(layerName)}</caption>
          <thead>
            <tr>
              <th scope="col">{text.from}</th>
              {units.map((unit) => (
                <th key={unit} scope="col">
                  {text.unitShort(unit + 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {below.map((name, i) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {units.map((unit) => {
                  const at = i * layer.units + unit;
                  const label = text.weightName(name, text.unitShort(unit + 1));
                  return <td key={unit}>{field("w", at, label, w?.[at])}</td>;
                })}
              </tr>
            ))}
            <tr>
              <th scope="row">{text.bias}</th>
              {units.map((unit) => (
                <td key={unit}>
                  {field("b", unit, text.biasName(text.unitShort(unit + 1)), b?.[unit])}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
    </>
  );
}
