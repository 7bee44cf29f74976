// A stage of a compilation, as the parts of the widget know it.

export interface Stage {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  /** For each line the values that it is about. */
  readonly values: readonly (readonly string[])[];
}

/** Lights what is about any of some values, in all stages. */
export type Light = (values: readonly string[]) => void;
