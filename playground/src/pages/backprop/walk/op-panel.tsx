// What the present step does: the value, local derivatives, the chain rule with its numbers, the sum where paths meet.

import { useText } from "../../../app/index.ts";
import { formula as chainForward } from "../../../formulas/backprop/chain-forward.tex";
import { formula as chainReverse } from "../../../formulas/backprop/chain-reverse.tex";
import { formula as local } from "../../../formulas/backprop/local.tex";
import { formula as total } from "../../../formulas/backprop/total.tex";
import { FormulaView } from "../../../widgets/index.ts";
import { factor as factorText, plain, sum as sumOf } from "../numbers.ts";
import {
  knownAt,
  type Move,
  type Operation,
  placedTerms,
  type Stop,
  stopAt,
  type Walk,
} from "./walk.ts";

export function OpPanel({ walk, at }: { walk: Walk; at: number }) {
  const stop = stopAt(walk, at);
  return (
    <section class="op-panel" data-what="chainRule">
      <Step walk={walk} at={at} stop={stop} />
    </section>
  );
}

interface StepProps {
  readonly walk: Walk;
  readonly at: number;
  readonly stop: Stop;
}

function Step({ walk, at, stop }: StepProps) {
  const text = useText("backprop");
  const { pass } = walk;
  switch (stop.kind) {
    case "start":
      return <p>{text.start}</p>;
    case "value":
      return <ValueStep operation={stop.operation} />;
    case "seed": {
      if (pass.seed === null) return <p>{text.seedNone}</p>;
      return (
        <p>{pass.mode === "reverse" ? text.seedReverse(pass.of) : text.seedForward(pass.of)}</p>
      );
    }
    case "move":
      return <MoveStep walk={walk} at={at} operation={stop.operation} move={stop.move} />;
  }
}

function ValueStep({ operation }: { operation: Operation }) {
  const text = useText("backprop");
  const { name, formula, value, operands } = operation;
  const sloped = operands.filter(({ derivative }) => derivative !== null);
  const isAllFinite = [value, ...sloped.map(({ derivative }) => derivative!)].every(
    Number.isFinite,
  );
  return (
    <>
      <p class="op-value">{text.valueStep(name, formula, plain(value, 6))}</p>
      {!isAllFinite && <p class="source-problem">{text.notFinite(name, formula)}</p>}
      <p class="note">{sloped.length > 0 ? text.valueSays : text.noSlope}</p>
      {sloped.map(({ name: operand, slope, derivative }, i) => {
        const shown = plain(derivative, 6);
        return (
          <FormulaView
            key={`${operand} ${i}`}
            formula={local}
            spoken={text.spokenLocal(name, operand, slope ?? "", shown)}
            slots={{ u: name, v: operand, slope: slope ?? "", local: shown }}
            what="chainRule"
          />
        );
      })}
    </>
  );
}

function MoveStep(props: { walk: Walk; at: number; operation: Operation; move: Move }) {
  const { walk, at, operation, move } = props;
  const text = useText("backprop");
  const { mode, of } = walk.pass;
  const isReverse = mode === "reverse";
  const shown = (x: number) => plain(x, 6);
  const terms = placedTerms(operation, move);
  const { arrived, derivatives } = knownAt(walk, at);
  const meeting = [...new Set(terms.map(([, { operand }]) => operand))].flatMap((name) => {
    const found = arrived.get(name);
    return isReverse && found ? [{ name, ...found }] : [];
  });
  return (
    <>
      <p class="op-value">
        {isReverse
          ? text.moveReverse(operation.name, shown(move.value))
          : text.moveForward(operation.name, shown(move.value))}
      </p>
      {terms.map(([place, { operand, derivative, factor, product }]) => (
        <div key={place} class="chain">
          <span class="chain-name">{operand}</span>
          <FormulaView
            formula={isReverse ? chainReverse : chainForward}
            spoken={text.spokenChain(shown(factor), shown(derivative), shown(product))}
            slots={{
              f: of,
              u: operation.name,
              v: operand,
              factor: isReverse ? shown(factor) : factorText(factor),
              local: isReverse ? factorText(derivative) : shown(derivative),
              product: shown(product),
            }}
            marked={["local"]}
            what="chainRule"
          />
        </div>
      ))}
      {!isReverse && terms.length > 1 && (
        <Sum
          of={of}
          name={operation.name}
          parts={terms.map(([, term]) => term.product)}
          total={move.value}
        />
      )}
      {meeting.map(({ name, parts, all }) => (
        <div key={name} class="meeting">
          <p>{parts.length < all ? text.sumSays(parts.length, all) : text.sumDone}</p>
          <FormulaView
            formula={total}
            spoken={text.spokenSum(sumOf(parts), shown(derivatives.get(name)!))}
            slots={{ f: of, v: name, sum: sumOf(parts), total: shown(derivatives.get(name)!) }}
            what="chainRule"
          />
        </div>
      ))}
    </>
  );
}

/** In forward mode an op adds up what its operands bring. */
function Sum(props: { of: string; name: string; parts: readonly number[]; total: number }) {
  const text = useText("backprop");
  const sum = sumOf(props.parts);
  const shown = plain(props.total, 6);
  return (
    <FormulaView
      formula={total}
      spoken={text.spokenSum(sum, shown)}
      slots={{ f: props.name, v: props.of, sum, total: shown }}
    />
  );
}
