// Runs the command line inside a test, with what it wrote.

import { runCommandLine } from "./command-line.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function neurite(...args: readonly string[]): Promise<Ran> {
  let [stdout, stderr] = ["", ""];
  const code = await runCommandLine(args, {
    stdout: {
      write: (text) => {
        stdout += text;
      },
    },
    stderr: {
      write: (text) => {
        stderr += text;
      },
    },
  });
  return { code, stdout, stderr };
}
