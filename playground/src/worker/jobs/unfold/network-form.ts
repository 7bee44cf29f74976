// A network and its loss as an expression of numbers.

import type { UnfoldedNetwork } from "../../../protocol/jobs/unfold.ts";

export interface NetworkText extends UnfoldedNetwork {
  readonly text: string;
  readonly at: Readonly<Record<string, number>>;
}
