// The program that was run, with the values it was run with: to read and to copy.

import { useApp, useText } from "../../app/index.ts";
import type { Values } from "../../protocol/index.ts";

/** The program as text, called with these values: what the worker did, to the letter. */
export function codeOf(program: string, values: Values): string {
  const given = Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `${program.trimEnd()}\n\nconsole.log(await run({ ${given.join(", ")} }));\n`;
}

export function Code({ program, values }: { program: string; values: Values }) {
  const text = useText("lessons");
  const { announcer } = useApp();
  const code = codeOf(program, values);
  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => announcer.show(text.copied),
      () => announcer.show(text.notCopied),
    );
  };
  return (
    <details class="lesson-code" data-what="lessonProgram">
      <summary>{text.code}</summary>
      <p class="note">{text.codeSays}</p>
      <button type="button" onClick={copy}>
        {text.copyCode}
      </button>
      <pre tabIndex={0} role="region" aria-label={text.code}>
        <code>{code}</code>
      </pre>
    </details>
  );
}
