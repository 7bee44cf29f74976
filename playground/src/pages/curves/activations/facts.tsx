// What there is to know of an activation function: its formulas, its numbers at the point, and where it fails to learn.

import { useText } from "../../../app/index.ts";
import { formula as atPoint } from "../../../formulas/activation-at.tex";
import type { Marks } from "../../../protocol/index.ts";
import { formatGiven } from "../../../text/numbers.ts";
import { FormulaView } from "../../../widgets/index.ts";
import type { Shown } from "./activation-plots.tsx";
import { entryOf } from "./entries.ts";
import { FORMULAS } from "./formulas.ts";

interface FactsProps {
  readonly shown: Shown;
  readonly z: number;
  readonly look: number;
}

export function Facts({ shown, z, look }: FactsProps) {
  const text = useText("curves");
  const { chosen, name, curve, point } = shown;
  const { slope, option } = entryOf(chosen.key);
  const [zText, a, slopeText] = [z, point?.a, point?.slope].map((x) => formatGiven(x, 6));
  return (
    <article class={`facts series-${look}`}>
      <h3>{name}</h3>
      <FormulaView
        formula={FORMULAS[chosen.key]}
        spoken={text.formulaSpoken(curve.formula, slope)}
        slots={option ? { [option.name]: formatGiven(chosen.value) } : {}}
        what="activationFunction"
      />
      <FormulaView
        formula={atPoint}
        spoken={text.pointSpoken(zText!, a!, slopeText!)}
        slots={{ z: zText!, a: a!, slope: slopeText! }}
        what="slope"
      />
      {curve.marks && <MarkList marks={curve.marks} />}
      {text.remarks[chosen.key as keyof typeof text.remarks] && (
        <p>{text.remarks[chosen.key as keyof typeof text.remarks]}</p>
      )}
    </article>
  );
}

function MarkList({ marks }: { readonly marks: Marks }) {
  const text = useText("curves");
  const { kinks, saturated, flat, zeroLeft, zeroRight } = marks;
  const isFlatEverywhere = zeroLeft === 0 && zeroRight === 0;
  return (
    <ul class="mark-list">
      {kinks.length === 0 && <li>{text.smooth}</li>}
      {kinks.map(({ z, kind, left, right, taken }) => {
        const numbers = [z, left, right, taken].map((x) => formatGiven(x)) as Four;
        return (
          <li key={z} class="is-corner">
            {kind === "jump" ? text.jumpAt(...numbers) : text.cornerAt(...numbers)}
          </li>
        );
      })}
      {isFlatEverywhere && <li class="is-flat">{text.flatEverywhere}</li>}
      {!isFlatEverywhere && saturated.length > 0 && (
        <li class="is-flat">
          {text.saturatedIn(
            formatGiven(flat),
            saturated.map(([from, to]) => stretch(from, to)).join(text.and),
          )}
        </li>
      )}
      {!isFlatEverywhere && (zeroLeft !== null || zeroRight !== null) && (
        <li class="is-zero">
          {text.float32Zero(
            zeroLeft === null ? null : formatGiven(zeroLeft),
            zeroRight === null ? null : formatGiven(zeroRight),
          )}
        </li>
      )}
    </ul>
  );
}

type Four = [string, string, string, string];

/** A stretch goes on beyond the window. */
function stretch(from: number, to: number): string {
  if (from === -to && from < 0) return "−∞ … ∞";
  return from < 0 && to <= 0 ? `z < ${formatGiven(to, 3)}` : `z > ${formatGiven(from, 3)}`;
}
