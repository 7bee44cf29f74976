// What each view of an answer is given.

import type { LessonText, View } from "../../../lessons/index.ts";
import type { Answer, Values } from "../../../protocol/index.ts";

export interface ViewProps<K extends View["kind"]> {
  readonly view: Extract<View, { kind: K }>;
  readonly answer: Answer;
  readonly words: LessonText;
  /** Whether the reader has still to predict: what would give it away is not shown. */
  readonly isVeiled: boolean;
  readonly target?: string | undefined;
  /** What the answer is of. */
  readonly values: Values;
  /** Moves controls by name; those that the step does not let move stay. */
  readonly onMove: (values: Values) => void;
}
