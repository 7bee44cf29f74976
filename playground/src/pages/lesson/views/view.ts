// What each view of an answer is given.

import type { LessonText, View } from "../../../lessons/index.ts";
import type { Answer } from "../../../protocol/index.ts";

export interface ViewProps<K extends View["kind"]> {
  readonly view: Extract<View, { kind: K }>;
  readonly answer: Answer;
  readonly words: LessonText;
  /** Whether the reader has still to predict: what would give it away is not shown. */
  readonly isVeiled: boolean;
  readonly target?: string | undefined;
}
