// When playing ends by itself: at an epoch, a loss, an accuracy. Zero stands for no condition.

import { useSlice, useText } from "../../../app/index.ts";
import { classesOf } from "../../../state/index.ts";
import { NumberField } from "../../../widgets/index.ts";
import { useOwn } from "../use-own.ts";

export function StopConditions() {
  const text = useText("network");
  const [epoch, setEpoch] = useOwn<number>("untilEpoch", 0);
  const [loss, setLoss] = useOwn<number>("untilLoss", 0);
  const [accuracy, setAccuracy] = useOwn<number>("untilAccuracy", 0);
  // Values are neither right nor wrong: there is no accuracy to wait for.
  const hasAccuracy = useSlice((state) => classesOf(state.settings) !== null);
  const isSet = epoch > 0 || loss > 0 || (hasAccuracy && accuracy > 0);
  return (
    <details class="stop-conditions" data-what="stopCondition">
      <summary>{isSet ? text.stopWhenSet : text.stopWhen}</summary>
      <div class="stop-fields">
        <NumberField
          label={text.stopEpoch}
          value={epoch}
          min={0}
          max={1e7}
          step={100}
          digits={1}
          onChange={setEpoch}
        />
        <NumberField
          label={text.stopLoss}
          value={loss}
          min={0}
          max={1e6}
          step={0.01}
          onChange={setLoss}
        />
        {hasAccuracy && (
          <NumberField
            label={text.stopAccuracy}
            value={accuracy}
            min={0}
            max={100}
            step={5}
            onChange={setAccuracy}
          />
        )}
        <p class="note">{text.stopZero}</p>
      </div>
    </details>
  );
}
