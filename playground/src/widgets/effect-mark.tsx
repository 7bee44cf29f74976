// Says beside a control what changing it does to the run: a sign with words.

import { useText } from "../app/index.ts";
import type { Effect } from "../state/index.ts";

const SIGNS: Readonly<Record<Effect, string>> = { live: "⚡", keepsWeights: "◐", restarts: "↺" };

export function EffectMark({ effect }: { readonly effect: Effect }) {
  const says = useText("widgets").effects[effect];
  return (
    <span class="effect-mark" title={says}>
      <span aria-hidden="true">{SIGNS[effect]}</span>
      <span class="visually-hidden">({says})</span>
    </span>
  );
}
