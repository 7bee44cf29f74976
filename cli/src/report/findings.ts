// Findings about a run as a part of a page.

import type { Finding } from "neurite/inspect";
import { commandName } from "../terminal/names.ts";
import { escapeHtml } from "./escape.ts";

/** A list of findings with causes and remedies; of a healthy run a sentence. */
export function findingsHtml(findings: readonly Finding[], folder: string | null): string {
  if (findings.length === 0) return "<p>Nothing was found: the run is healthy.</p>";
  const items = findings.map(({ id, severity, says, cause, remedies }) => {
    const lines = remedies.map(
      (remedy) => `<li><b>${escapeHtml(remedy.id)}</b>: ${escapeHtml(remedy.says)}.</li>`,
    );
    return `<h3>${escapeHtml(id)} <span class="hint">${severity}</span></h3>
<p>${escapeHtml(capital(says))}. ${escapeHtml(capital(cause))}.</p>
<p>What helps:</p>
<ul>
${lines.join("\n")}
</ul>`;
  });
  const next =
    folder === null
      ? ""
      : `\n<p class="hint">Try it beside the run: <code>${escapeHtml(commandName())} inspect ${escapeHtml(folder)} --try ${findings[0]!.id}</code></p>`;
  return items.join("\n") + next;
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
