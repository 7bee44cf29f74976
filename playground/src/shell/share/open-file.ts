// Files from the command line, from another page, from a colleague: settings, or a run with its weights.

import type { App } from "../../app/index.ts";
import { WorkerProblem } from "../../client/index.ts";
import { type OpenedDocument, openDocument } from "../../codec/index.ts";
import { PLANE } from "../../state/index.ts";
import type { Texts } from "../../text/catalogue.ts";

const MOST_BYTES = 20_000_000;

/** Opens each file; what cannot be opened is told in a note, and changes nothing. */
export async function openFiles(
  app: App,
  files: readonly File[],
  text: Texts["share"],
): Promise<boolean> {
  let isOpened = false;
  for (const file of files) {
    const refusal =
      file.size > MOST_BYTES ? text.tooLarge(file.name) : await openFile(app, file, text);
    if (refusal === null) isOpened = true;
    app.announcer.show(refusal ?? text.opened(file.name));
  }
  return isOpened;
}

/** What is wrong with the file, or null once it is opened. */
async function openFile(app: App, file: File, text: Texts["share"]): Promise<string | null> {
  if (file.name.endsWith(".safetensors")) return await openRun(app, file, text);
  if (!file.name.endsWith(".json")) return text.unknownFile(file.name);
  let document: unknown;
  try {
    document = JSON.parse((await file.text()).replace(/^\uFEFF/, ""));
  } catch {
    return text.noJson(file.name);
  }
  opened(app, openDocument(document));
  return null;
}

function opened(app: App, { settings, problems }: OpenedDocument): void {
  app.dispatch({ kind: "open", settings });
  for (const problem of problems) app.report(problem);
}

async function openRun(app: App, file: File, text: Texts["share"]): Promise<string | null> {
  const training = app.training();
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { run, weights } = await training.ask("openCheckpoint", { bytes });
    const settings = { run, data: PLANE };
    training.load(settings, weights);
    app.dispatch({ kind: "open", settings });
    return null;
  } catch (error) {
    if (!(error instanceof WorkerProblem)) throw error;
    app.report(error.problem);
    return text.unknownFile(file.name);
  }
}
