// Why settings do not go together, beside the controls that made it so.

import { useText } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import { type Conflict, type ConflictPlace, conflictsOf } from "../../../state/index.ts";
import type { Texts } from "../../../text/catalogue.ts";
import { formatSetting } from "../../../text/numbers.ts";
import { useSettings } from "./use-settings.ts";

interface Props {
  readonly training: Training;
  readonly places: readonly ConflictPlace[];
}

export function ConflictNotes({ training, places }: Props) {
  const text = useText("controls");
  const { settings } = useSettings();
  const examples = training.frames.info.value?.data.train.count ?? null;
  const found = conflictsOf(settings, examples).filter(({ place }) => places.includes(place));
  return (
    <div class="conflicts" role="status">
      {found.map((conflict) => (
        <p key={conflict.code} class="conflict">
          <span aria-hidden="true">⚠ </span>
          {wordConflict(conflict, text)}
        </p>
      ))}
    </div>
  );
}

function wordConflict({ code, data }: Conflict, text: Texts["controls"]): string {
  const words = text.conflicts;
  switch (code) {
    case "linearCollapse":
    case "nesterovAlone":
      return words[code];
    case "stepNoSlope":
    case "dropoutOne":
      return words[code](data.layer);
    case "sameWeights":
    case "deadStart":
      return words[code](text.initializers[data.name as keyof typeof text.initializers]);
    case "vanishing":
      return words.vanishing(data.layers);
    case "slowSigmoid":
      return words.slowSigmoid;
    case "outputRange":
      return words.outputRange(text.activations[data.activation as keyof typeof text.activations]);
    case "batchTooLarge":
    case "fullBatchOnly":
      return words[code](data.batch, data.examples);
    case "penaltyOvershoots":
      return words.penaltyOvershoots(formatSetting(data.product));
    case "rateLarge":
      return words.rateLarge(formatSetting(data.rate));
    case "twoPenalties":
      return words.twoPenalties(formatSetting(data.decay));
  }
}
