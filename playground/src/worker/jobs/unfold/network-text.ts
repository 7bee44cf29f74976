// A network and its loss for one example, written out as an expression of numbers: weights are inputs of it too.

import { type Examples, pickExamples } from "neurite/data";
import { equationsOf, type LayerEquations } from "neurite/inspect";
import { ProblemError } from "../../problem-error.ts";
import type { LiveRun } from "../../run/live-run.ts";
import { needRun } from "../../run/need-run.ts";
import { activationText } from "./activation-text.ts";
import { costText, targetsOf } from "./loss-text.ts";
import type { NetworkText } from "./network-form.ts";

export interface LayersOfExample {
  readonly layers: readonly LayerEquations[];
  readonly y: readonly number[];
  readonly examples: number;
}

/** The library's record of one training example, for a chain of dense layers. */
export function layersOfExample(example: number, run: LiveRun | null): LayersOfExample {
  const { timeline, data } = needRun(run);
  const { train } = data.fitted;
  const examples = train.x.shape[0]!;
  const row = rowOf(example, examples);
  const { x, y }: Examples = pickExamples(train, [row]);
  try {
    return { layers: equationsOf(timeline.model, x, y), y: Array.from(y.data), examples };
  } catch (error) {
    const name = (error as Error).message.replace(/^\w+: /, "");
    throw new ProblemError({ code: "noGraph", data: { reason: "layer", name } });
  }
}

function rowOf(example: number, examples: number): number {
  return Math.min(Math.max(Math.trunc(example), 0), examples - 1);
}

/** @throws ProblemError for what of a network cannot be written as an expression */
export async function networkText(example: number, run: LiveRun | null): Promise<NetworkText> {
  const live = needRun(run);
  const row = rowOf(example, live.data.fitted.train.x.shape[0]!);
  try {
    return chainText(row, live);
  } catch (error) {
    if (!isOfLayers(error)) throw error;
    return (await import("./wider-text.ts")).widerText(row, live);
  }
}

/** No chain of dense layers: there is another way to write it. */
function isOfLayers(error: unknown): boolean {
  const problem = error instanceof ProblemError ? error.problem : null;
  return problem?.code === "noGraph" && problem.data.reason === "layer";
}

function chainText(row: number, run: LiveRun): NetworkText {
  const { layers, y, examples } = layersOfExample(row, run);
  const at: Record<string, number> = {};
  const statements: string[] = [];
  let below = Array.from(layers[0]!.aBelow.data, (value, k) => {
    at[`x${k + 1}`] = value;
    return `x${k + 1}`;
  });
  const isWide = layers.some(({ z }) => z.size > 9) || below.length > 9;
  const join = isWide ? "_" : "";
  layers.forEach((layer, i) => {
    const l = `${i + 1}`;
    const units = layer.z.size;
    const [w, b] = [layer.w.data, layer.b?.data];
    const zs = Array.from({ length: units }, (_, j) => `z${l}_${j + 1}`);
    zs.forEach((z, j) => {
      const terms = below.map((a, k) => {
        const weight = `w${l}_${j + 1}${join}${k + 1}`;
        at[weight] = w[k * units + j]!;
        return `${weight}*${a}`;
      });
      if (b) {
        at[`b${l}_${j + 1}`] = b[j]!;
        terms.push(`b${l}_${j + 1}`);
      }
      statements.push(`${z} = ${terms.join(" + ")}`);
    });
    statements.push(...activationText(layer.activation, zs, l));
    below = zs.map((_, j) => `a${l}_${j + 1}`);
  });
  const loss = run.timeline.model.training.losses[0]!;
  const targets = targetsOf(loss, y, below.length);
  const names = targets.map((value, j) => {
    at[`y${j + 1}`] = value;
    return `y${j + 1}`;
  });
  statements.push(...costText(loss, below, names));
  return { text: statements.join(";\n"), at, examples, rows: [row], isChain: true };
}
