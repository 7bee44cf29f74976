// Loss and sigmoid by the chain rule: what cancels under cross-entropy and stays under the squared error, in numbers.

import { useText } from "../../../app/index.ts";
import { formula as numbers } from "../../../formulas/losses/chain-numbers.tex";
import { formula as crossChain } from "../../../formulas/losses/cross-entropy-chain.tex";
import { formula as squareChain } from "../../../formulas/losses/quadratic-chain.tex";
import { formatGiven } from "../../../text/numbers.ts";
import { FormulaView } from "../../../widgets/index.ts";
import type { ShownLoss } from "./loss-plots.tsx";

export function Cancels({ shown }: { readonly shown: readonly ShownLoss[] }) {
  const text = useText("curves");
  const [cross, square] = (["crossEntropy", "quadratic"] as const).map((key) =>
    shown.find((one) => one.key === key),
  );
  const float32 = cross?.point?.sigmoid?.float32;
  return (
    <div class="curves-facts">
      {cross && <Chain shown={cross} formula={crossChain} says={text.crossCancels} />}
      {square && <Chain shown={square} formula={squareChain} says={text.squareStays} />}
      {float32 && (
        <article class="facts">
          <h3>float32</h3>
          <p>
            {text.float32Loss(formatGiven(float32.direct[0], 6), formatGiven(float32.byWay[0], 6))}
          </p>
        </article>
      )}
    </div>
  );
}

interface ChainProps {
  readonly shown: ShownLoss;
  readonly formula: typeof numbers;
  readonly says: string;
}

function Chain({ shown: { name, look, point }, formula, says }: ChainProps) {
  const sigmoid = point?.sigmoid;
  const [outer, inner, slope] = [sigmoid?.byOutput[0], sigmoid?.ofSigmoid[0], point?.slope[0]].map(
    (x) => formatGiven(x, 5),
  ) as [string, string, string];
  return (
    <article class={`facts ${look}`}>
      <h3>{name}</h3>
      <FormulaView formula={formula} spoken={says} marked={["cancels", "stays"]} />
      <FormulaView
        formula={numbers}
        spoken={`${outer} × ${inner} = ${slope}`}
        slots={{ outer, inner, slope }}
      />
      <p>{says}</p>
    </article>
  );
}
