// One unit written out for one example: x w + ... + b = z, f(z) = a, and what comes back. Weights can be changed.

import { useEffect, useRef } from "preact/hooks";
import { useFrame, useText } from "../../app/index.ts";
import type { Training } from "../../client/index.ts";
import { formatNumber } from "../../text/numbers.ts";
import { FormulaView, type FormulaViewProps } from "../formula-view.tsx";
import { Icon } from "../icon.tsx";
import { type DiagramLayer, exampleOf, variablesOf, WEIGHT_STEP } from "../net-diagram/index.ts";
import { NumberField } from "../number-field.tsx";
import { ActivationCurve } from "./activation-curve.tsx";
import { termsOf, writtenSum } from "./sum.ts";
import "./unit-card.css";

export interface UnitCardProps {
  readonly training: Training;
  readonly layers: readonly DiagramLayer[];
  readonly features: readonly string[];
  /** Of `layers`, from 1, and of its units, from 0. */
  readonly layer: number;
  readonly unit: number;
  /** A field that takes the focus: of the weight from a unit below, or "b". Anew with every object. */
  readonly edited: { readonly field: number | "b" } | null;
  readonly onClose: () => void;
  /** Of z and a, with slots for both. */
  readonly formula: FormulaViewProps["formula"];
}

export function UnitCard(props: UnitCardProps) {
  const { training, layers, features, layer, unit } = props;
  const text = useText("network");
  const frame = useFrame(training.frames, 8);
  const body = useRef<HTMLDivElement>(null);
  const { name, units, activation } = layers[layer]!;
  const variables = variablesOf(frame, name);
  const example = exampleOf(frame);
  const at = example?.layers.find((one) => one.name === name);
  const inputs = layer === 1 ? example?.x : below(example, layers[layer - 1]!.name);
  const terms = termsOf(variables.w, inputs, unit, units);
  const bias = variables.b?.[unit];
  const [z, a, slope, delta] = [at?.z[unit], at?.a[unit], at?.slope?.[unit], at?.delta[unit]];
  const nameOf = (i: number) =>
    layer === 1
      ? (features[i] ?? "")
      : `${text.layerName(layer - 1, 9)} · ${text.unitShort(i + 1)}`;

  useEffect(() => {
    const { edited } = props;
    if (edited === null) return;
    const field = body.current?.querySelector<HTMLElement>(`[data-field="${edited.field}"] input`);
    field?.focus();
  }, [props.edited]);

  return (
    <section class="unit-card" aria-label={text.cardTitle} data-what="netInput">
      <header>
        <h3>{text.unit(layer, layers.length - 1, unit + 1, activation ?? "linear")}</h3>
        <button type="button" class="icon" aria-label={text.closeCard} onClick={props.onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="unit-card-body" ref={body} data-own-keys>
        <div class="table-scroll">
          <table>
            <caption class="visually-hidden">{text.cardTitle}</caption>
            <thead>
              <tr>
                <th scope="col">{text.from}</th>
                <th scope="col">x</th>
                <th scope="col">w</th>
                <th scope="col">x · w</th>
                <th scope="col">∂C/∂w</th>
              </tr>
            </thead>
            <tbody>
              {terms.map(({ x, w, product }, i) => (
                <tr key={nameOf(i)}>
                  <th scope="row">{nameOf(i)}</th>
                  <td>{formatNumber(x)}</td>
                  <td data-field={i}>
                    <NumberField
                      label={text.weightName(nameOf(i), text.unitShort(unit + 1))}
                      isCompact
                      value={w}
                      step={WEIGHT_STEP}
                      onChange={(next) => training.set(`${name}/w`, i * units + unit, next)}
                    />
                  </td>
                  <td class={product !== null && product < 0 ? "is-negative" : "is-positive"}>
                    {formatNumber(product)}
                  </td>
                  <td>{formatNumber(at?.dw[i * units + unit])}</td>
                </tr>
              ))}
              {bias !== undefined && (
                <tr>
                  <th scope="row">{text.bias}</th>
                  <td>1</td>
                  <td data-field="b">
                    <NumberField
                      label={text.biasName(text.unitShort(unit + 1))}
                      isCompact
                      value={bias}
                      step={WEIGHT_STEP}
                      onChange={(next) => training.set(`${name}/b`, unit, next)}
                    />
                  </td>
                  <td class={bias < 0 ? "is-negative" : "is-positive"}>{formatNumber(bias)}</td>
                  <td>{formatNumber(delta)}</td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
        {z === undefined ? (
          <p class="note">{text.noExample}</p>
        ) : (
          <div class="unit-card-sum">
            <FormulaView
              formula={props.formula}
              spoken={text.spokenUnit(formatNumber(z), formatNumber(a))}
              slots={{ z: formatNumber(z), a: formatNumber(a) }}
              what="netInput"
            />
            <p class="written-sum">{writtenSum(terms, bias, z)}</p>
            <p class="written-sum">
              {`${activation ?? "linear"}(${at?.slope ? formatNumber(z) : "…, z, …"}) = ${formatNumber(a)}`}
            </p>
            <dl class="unit-card-numbers">
              <Entry name={`z (${text.netInput})`} value={z} />
              <Entry name={`a (${text.activationValue})`} value={a} />
              <Entry name="f′(z)" value={slope} />
              <Entry name={`δ (${text.errorTerm})`} value={delta} />
            </dl>
          </div>
        )}
        {z !== undefined && a !== undefined && slope !== undefined && (
          <ActivationCurve training={training} layer={name} z={z} a={a} slope={slope} />
        )}
      </div>
    </section>
  );
}

function Entry({ name, value }: { readonly name: string; readonly value: number | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatNumber(value)}</dd>
    </div>
  );
}

function below(example: ReturnType<typeof exampleOf>, name: string) {
  return example?.layers.find((one) => one.name === name)?.a;
}
