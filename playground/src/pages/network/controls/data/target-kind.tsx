// Whether targets are classes, and how many, or values.

import { useText } from "../../../../app/index.ts";
import { effectOf } from "../../../../state/index.ts";
import { Choice } from "../../../../widgets/index.ts";

interface Props {
  readonly classes: number | null;
  readonly onChange: (classes: number | null) => void;
}

const COUNTS = [2, 3, 4, 5, 6, 7, 8];

export function TargetKind({ classes, onChange }: Props) {
  const text = useText("controls");
  return (
    <Choice
      label={text.targets}
      value={String(classes ?? "values")}
      options={[
        ...COUNTS.map((count) => [String(count), text.classCount(count)] as const),
        ["values", text.values],
      ]}
      onChange={(value) => onChange(value === "values" ? null : Number(value))}
      effect={effectOf("data")}
    />
  );
}
