// What a report says of a run on a text: what it writes, how surely it reads, and which characters it mistakes.

import type { NamedDataset } from "neurite/data";
import type { Model, RunSpec } from "neurite/train";
import { escapeHtml } from "../report/escape.ts";
import type { Section } from "../report/page.ts";
import { textFile } from "../sources/text-spec.ts";
import { sampleTexts } from "./samples.ts";

const TEMPERATURES = [0.5, 0.8, 1];

interface TextOutcome {
  readonly spec: RunSpec;
  readonly model: Model;
  readonly data: NamedDataset;
  readonly test: Readonly<Record<string, number>> | null;
}

/** None where the run is on no text. */
export async function textSections({ spec, model, test }: TextOutcome): Promise<Section[]> {
  const given = spec.data.file;
  if (given?.kind !== "text") return [];
  const file = textFile(given);
  const [count, most] = file.lines ? [12, 60] : [1, 300];
  const columns: string[] = [];
  for (const temperature of TEMPERATURES) {
    const texts = await sampleTexts(model, file, {
      from: "",
      count,
      most,
      temperature,
      seed: spec.seed,
    });
    columns.push(
      `<div><h3>temperature ${temperature}</h3><pre tabindex="0">${texts.map(escapeHtml).join("\n")}</pre></div>`,
    );
  }
  const loss = test?.["loss"];
  const sure = loss === undefined ? "" : `<p>${perplexityLine(loss, file.vocabulary.length)}.</p>`;
  return [
    {
      title: "What it writes",
      html: `${sure}
<p>Each character is drawn from what the network holds likely after those before it; at a low temperature
the likelier ones are drawn more often still.</p>
<div class="grids">
${columns.join("\n")}
</div>`,
    },
  ];
}

/** As in "test perplexity 7.21 of 28 characters". */
export function perplexityLine(loss: number, characters: number): string {
  return (
    `test perplexity ${Math.exp(loss).toFixed(2)}: it is as unsure of the next character as among so many ` +
    `that are alike, of ${characters} that there are`
  );
}
