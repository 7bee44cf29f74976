// An `if` on a value: recorded as it runs, refused by the compiler, and written with cond.

import { useState } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import { LibraryText, NumberField } from "../../../widgets/index.ts";
import { plain } from "../numbers.ts";
import { useJob } from "../use-job.ts";

/** What the worker's job `branch` runs. */
const WITH_IF = `function f(x) {
  const y = x.mul(x);
  if (y.item() > 1) return y.log();
  return y.neg().add(1);
}`;
const WITH_COND = `function f(x) {
  const y = x.mul(x);
  return cond(greater(y, 1), (y) => y.log(), (y) => y.neg().add(1), y);
}`;

export function BranchPanel() {
  const text = useText("backprop");
  const [x, setX] = useState(2);
  const { gives } = useJob("branch", { x });
  const shown = (value: number) => plain(value, 6);
  return (
    <section class="branch-panel" aria-labelledby="branch">
      <h3 id="branch">{text.branch}</h3>
      <p>{text.branchSays}</p>
      <NumberField label={text.branchInput} value={x} step={0.25} onChange={setX} />
      {gives && (
        <div class="branches">
          <div class="card">
            <pre>
              <code>{WITH_IF}</code>
            </pre>
            <p>
              <strong>{text.branchTaken(gives.dynamic.isAbove)}</strong>
            </p>
            <p>{text.branchDynamic(shown(gives.dynamic.value), shown(gives.dynamic.derivative))}</p>
            <p>{text.branchOps(gives.dynamic.ops.join(", "))}</p>
            <p>{text.branchRefused}</p>
            <blockquote>
              {gives.refused !== null && <LibraryText sentence={gives.refused} />}
            </blockquote>
          </div>
          <div class="card">
            <pre>
              <code>{WITH_COND}</code>
            </pre>
            <p>{text.branchCond(shown(gives.compiled.value), shown(gives.compiled.derivative))}</p>
            <p>{text.branchHolds(gives.compiled.ops.join(", "))}</p>
          </div>
        </div>
      )}
    </section>
  );
}
