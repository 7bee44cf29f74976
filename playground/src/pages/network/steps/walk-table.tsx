// The ops of one example, those that are done with their values, the last one marked.

import { useText } from "../../../app/index.ts";
import type { WalkedExample } from "../../../protocol/index.ts";
import type { Inside } from "../../../state/index.ts";
import { formatNumber } from "../../../text/numbers.ts";
import { opValues } from "./op-values.ts";

interface WalkTableProps {
  readonly walk: WalkedExample;
  readonly inside: Inside;
}

export function WalkTable({ walk, inside }: WalkTableProps) {
  const text = useText("network");
  const { ops, layers } = walk;
  const nameOf = (layer: number) => text.layerName(layer + 1, layers.length);
  const last = ops[inside.op - 1];
  const said = last ? `${text.ops[last.kind](nameOf(last.layer))} ` : "";
  return (
    <>
      <p role="status">
        {text.walkAt(inside.example + 1, walk.examples, inside.op, ops.length)}{" "}
        <strong>{said}</strong>
        {inside.op === ops.length && inside.example + 1 === walk.examples && text.updateNext}
      </p>
      <section class="table-scroll" tabIndex={0} aria-label={text.walkCaption}>
        <table class="walk-table">
          <caption class="visually-hidden">{text.walkCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{text.op}</th>
              <th scope="col">{text.formula}</th>
              <th scope="col">{text.values}</th>
            </tr>
          </thead>
          <tbody>
            {ops.map((op, i) => (
              <tr
                key={`${op.kind} ${op.layer}`}
                class={i === inside.op - 1 ? "is-current" : ""}
                aria-current={i === inside.op - 1 ? "step" : undefined}
              >
                <th scope="row">{text.ops[op.kind](nameOf(op.layer))}</th>
                <td>{text.opFormulas[op.kind]}</td>
                <td>
                  {i < inside.op
                    ? opValues(walk, op)
                        .map((value) => formatNumber(value))
                        .join(", ")
                    : "–"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
