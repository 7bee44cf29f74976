// The job `unfold`: a computation graph with its numbers, forwards and backwards.

import {
  EXPRESSION_PRESETS,
  type ExpressionPreset,
  explainExpression,
} from "neurite/inspect/expression";
import type { UnfoldSource } from "../../../protocol/jobs/unfold.ts";
import type { LiveRun } from "../../run/live-run.ts";
import type { Job } from "../job.ts";
import { networkText } from "./network-text.ts";
import { readExpression } from "./read-expression.ts";

export const unfold: Job<"unfold"> = async ({ source }, live) => {
  const { text, at: given, network } = await textOf(source, live);
  const { at } = readExpression(text, given);
  const { expression, computation, forward, reverse, jacobian } = explainExpression(text, at);
  const { inputs, operations, outputs } = computation;
  return {
    text: expression.text,
    inputs,
    operations,
    outputs,
    forward,
    reverse,
    jacobian,
    network,
  };
};

async function textOf(source: UnfoldSource, live: LiveRun | null) {
  switch (source.kind) {
    case "written":
      return { text: source.text, at: source.at, network: null };
    case "preset": {
      const presets: Readonly<Record<string, ExpressionPreset>> = EXPRESSION_PRESETS;
      const { text, at } = presets[source.name] ?? EXPRESSION_PRESETS.fig48;
      return { text, at: { ...at, ...source.at }, network: null };
    }
    case "network": {
      const { text, at, ...network } = await networkText(source.example, live);
      return { text, at: { ...at, ...source.at }, network };
    }
  }
}
