// The formula that a control sets, with the numbers of the control in it. Each is fetched when it is first shown.

import { useEffect, useState } from "preact/hooks";
import type { Notation } from "../../../../state/index.ts";
import { FormulaView } from "../../../../widgets/index.ts";
import { SPOKEN } from "./spoken.ts";

type Formula = Readonly<Record<Notation, string>>;

const LOADERS = import.meta.glob<Formula>("../../../../formulas/training/*/*.tex", {
  import: "formula",
});

export interface TrainingFormulaProps {
  readonly family: string;
  readonly name: string;
  readonly slots?: Readonly<Record<string, string>>;
  readonly what?: string;
}

export function TrainingFormula({ family, name, slots = {}, what }: TrainingFormulaProps) {
  const [loaded, setLoaded] = useState<{ key: string; formula: Formula } | null>(null);
  const key = `${family}/${name}`;
  useEffect(() => {
    let isWanted = true;
    void LOADERS[`../../../../formulas/training/${key}.tex`]?.().then((formula) => {
      if (isWanted) setLoaded({ key, formula });
    });
    return () => {
      isWanted = false;
    };
  }, [key]);
  const spoken = SPOKEN[family]?.[name];
  if (spoken === undefined) return null;
  return (
    <div class="training-formula">
      {loaded?.key === key && (
        <FormulaView
          key={key}
          formula={loaded.formula}
          spoken={filled(spoken, slots)}
          slots={slots}
          {...(what && { what })}
        />
      )}
    </div>
  );
}

/** The words with the numbers in them. */
export function filled(spoken: string, slots: Readonly<Record<string, string>>): string {
  return spoken.replaceAll(/\{(\w+)\}/g, (place, slot: string) => slots[slot] ?? place);
}
