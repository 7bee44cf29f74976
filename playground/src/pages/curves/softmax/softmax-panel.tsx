// Softmax: some net inputs with sliders, their probabilities, the loss of one class, and its gradient a − y.

import { useJob, useText } from "../../../app/index.ts";
import { formula } from "../../../formulas/softmax.tex";
import type { Jobs } from "../../../protocol/index.ts";
import { formatGiven, formatNumber } from "../../../text/numbers.ts";
import { Slider } from "../../../widgets/curve/index.ts";
import { Choice, FormulaView, TableAlternative } from "../../../widgets/index.ts";
import { fields, isNumber, listOf, within } from "../read.ts";
import { useKept } from "../use-kept.ts";
import { SoftmaxBars } from "./softmax-bars.tsx";

interface Given {
  readonly z: readonly number[];
  readonly target: number;
}

/** NNDL's picture, and Nielsen's widget. */
const FIRST: Given = { z: [3, 1, -3], target: 0 };
const FOUR: Given = { z: [2.5, -1, 3.2, 0.5], target: 0 };

function readGiven(found: unknown): Given {
  const given = fields(found, FIRST, { z: listOf(within(-1000, 1000), 2, 4), target: isNumber });
  return given.z[given.target] === undefined ? { ...given, target: 0 } : given;
}

export function SoftmaxPanel() {
  const text = useText("curves");
  const [given, setGiven] = useKept<Given>("softmax", readGiven);
  const { z, target } = given;
  const { answer } = useJob("softmax", given);
  const setZ = (i: number, value: number) => setGiven({ ...given, z: z.with(i, value) });
  const raised = Number((z[0]! + 1).toPrecision(12));
  return (
    <section class="curves-panel" aria-labelledby="curves-tab-softmax">
      <div class="softmax-columns">
        <div class="curves-controls is-column">
          {z.map((value, i) => (
            <Slider
              key={`z${i}`}
              label={`z${SUBSCRIPTS[i]}`}
              what="netInput"
              value={value}
              from={-6}
              to={6}
              step={0.1}
              min={-1000}
              max={1000}
              onChange={(next) => setZ(i, next)}
            />
          ))}
          <Choice
            label={text.rightClass}
            value={String(target)}
            options={z.map((_, i) => [String(i), text.classNumber(i + 1)] as const)}
            onChange={(next) => setGiven({ ...given, target: Number(next) })}
          />
          <div class="buttons">
            <button type="button" onClick={() => setZ(0, raised)}>
              {text.raiseFirst}
            </button>
            <button type="button" onClick={() => setGiven(FIRST)}>
              (3, 1, −3)
            </button>
            <button type="button" onClick={() => setGiven(FOUR)}>
              (2.5, −1, 3.2, 0.5)
            </button>
            <button type="button" onClick={() => setGiven({ ...given, z: z.map((x) => x + 5) })}>
              {text.addFive}
            </button>
          </div>
        </div>
        {answer && <SoftmaxNumbers gives={answer.gives} {...answer.asks} />}
      </div>
      <FormulaView formula={formula} spoken={text.softmaxSpoken} what="softmax" />
      <p>{text.softmaxRemark}</p>
    </section>
  );
}

const SUBSCRIPTS = "₁₂₃₄";

type Gives = Jobs["softmax"]["gives"];

function SoftmaxNumbers({
  gives,
  z,
  target,
}: {
  gives: Gives;
  z: readonly number[];
  target: number;
}) {
  const text = useText("curves");
  const { exponentials, a, sum, loss, gradient, jacobian, sigmoidOfFirst } = gives;
  const rows = z.map((value, i) => [
    `${i + 1}`,
    formatGiven(value),
    fixed(exponentials[i]),
    fixed(a[i]),
    i === target ? "1" : "0",
    fixed(gradient[i]),
  ]);
  return (
    <div>
      <SoftmaxBars a={a} gradient={gradient} target={target} />
      <div class="table-scroll" tabIndex={0} role="region" aria-label={text.softmaxTable}>
        <table class="softmax-table">
          <caption>{text.softmaxTable}</caption>
          <thead>
            <tr>
              {[text.classColumn, "z", "e^z", "a", "y", "∂L/∂z"].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row[0]}>
                {row.map((cell, i) => (
                  <td key={`${i}`}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="softmax-sums">
        {text.softmaxSums(fixed(sum), fixed(loss))}
        {z.length === 3 &&
          ` ${text.softmaxOfTwo(formatGiven(z[0]! - z[1]!), fixed(sigmoidOfFirst))}`}
      </p>
      <TableAlternative
        summary={text.jacobianTitle}
        caption={text.jacobianCaption}
        columns={["", ...z.map((_, j) => `∂z${SUBSCRIPTS[j]}`)]}
        rows={() => jacobian.map((row, i) => [`∂a${SUBSCRIPTS[i]}`, ...row.map((x) => fixed(x))])}
      />
    </div>
  );
}

/** Four places behind the point, as in the books; what is large or small as it is. */
function fixed(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return formatNumber(value);
  if (Math.abs(value) >= 1e6) return formatNumber(value);
  return value.toFixed(4).replace("-", "−");
}
