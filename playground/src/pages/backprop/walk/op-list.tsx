// All ops in order, with what is known of each: the graph for those who do not see it, and a way to every step.

import { useText } from "../../../app/index.ts";
import { plain } from "../numbers.ts";
import { knownAt, type Operation, placeOf, stopAt, type Walk } from "./walk.ts";

export function OpList(props: { walk: Walk; at: number; onGo: (at: number) => void }) {
  const { walk, at, onGo } = props;
  const text = useText("backprop");
  const known = knownAt(walk, at);
  const stop = stopAt(walk, at);
  const isBackward = stop.kind === "seed" || stop.kind === "move";
  const current = "operation" in stop ? stop.operation.name : null;
  return (
    <section class="op-list" data-what="computationGraph" aria-labelledby="ops">
      <h2 id="ops">{text.ops}</h2>
      <ol>
        {walk.graph.operations.map((operation, i) => {
          const { name, value } = operation;
          const isKnown = known.values.has(name);
          const derivative = known.derivatives.get(name);
          return (
            <li key={name}>
              <button
                type="button"
                aria-current={name === current ? "step" : undefined}
                onClick={() => onGo(placeOf(walk, name, isBackward))}
              >
                {text.opLine(
                  i + 1,
                  `${name} = ${operation.formula}`,
                  isKnown ? plain(value) : "–",
                  isKnown ? slopesOf(operation) : "–",
                  plain(derivative),
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function slopesOf({ operands }: Operation): string {
  const slopes = operands.flatMap(({ derivative }) =>
    derivative === null ? [] : [plain(derivative)],
  );
  return slopes.length === 0 ? "–" : slopes.join(", ");
}
