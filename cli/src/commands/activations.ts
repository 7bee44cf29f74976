// neurite activations: every activation function with its derivative, as formulas and as pictures.

import { join } from "node:path";
import type { Command } from "commander";
import { type Activation, activationNames, activationOf } from "neurite/nn";
import { ABBREVIATIONS, ACTIVATION_DERIVATIVES } from "../expressions/activation-derivatives.ts";
import { openFolder, writeWhole } from "../files/output.ts";
import { expectOwn } from "../files/own-file.ts";
import { LEARNED } from "../report/learned-activations.ts";
import { type Io, printLines } from "../terminal/io.ts";
import { forFlag, plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";

interface ActivationFlags {
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export function activationsCommand(program: Command, io: Io): void {
  program
    .command("activations")
    .argument("[names...]", "which ones; all if left out")
    .option("--out <folder>", "write one SVG a function, and index.html with all of them")
    .option("--overwrite", "replace files of the same names that are your own")
    .option("--json", "print one JSON object a function")
    .action((names: string[], flags: ActivationFlags) => activations(io, names, flags));
}

async function activations(
  io: Io,
  names: string[],
  { out, overwrite, json }: ActivationFlags,
): Promise<void> {
  const chosen = forFlag("activations", () => {
    const list = names.length > 0 ? names : [...activationNames(), ...Object.keys(LEARNED)];
    const found = list.map((name) => LEARNED[name.toLowerCase()] ?? activationOf(name));
    return [...new Map(found.map((a) => [a.name, a])).values()];
  });
  const files = out === undefined ? [] : await writeAll(out, chosen, overwrite ?? false);
  if (json) {
    chosen.forEach(({ name, formula, config }, i) => {
      printLines(
        io,
        JSON.stringify({
          event: "activation",
          name,
          formula,
          derivative: ACTIVATION_DERIVATIVES[name],
          config,
          file: files[i],
        }),
      );
    });
    return;
  }
  printLines(io, ...formulas(chosen));
  if (out !== undefined) {
    printLines(
      io,
      "",
      `${plural(files.length, "picture")} and an overview: ${join(out, "index.html")}`,
    );
  }
}

/** Names, functions and their derivatives, each column from the left. */
function formulas(chosen: readonly Activation[]): string[] {
  const rows = chosen.map(({ name, formula }) => {
    return [name, formula ?? "", ACTIVATION_DERIVATIVES[name] ?? ""];
  });
  return [...table(["name", "f(x)", "f'(x)"], rows, ["left", "left", "left"]), "", ABBREVIATIONS];
}

async function writeAll(
  folder: string,
  chosen: readonly Activation[],
  overwrite: boolean,
): Promise<string[]> {
  const { activationSvg, activationsPage } = await import("../report/activations.ts");
  const drawn = chosen.map((activation) => ({ activation, svg: activationSvg(activation) }));
  const pictures = drawn.map(
    ({ activation, svg }) => [join(folder, `${activation.name}.svg`), svg] as const,
  );
  const files = [...pictures, [join(folder, "index.html"), activationsPage(drawn)] as const];
  const lock = await openFolder(folder);
  try {
    if (!overwrite) for (const [path] of files) await expectOwn(path);
    for (const [path, content] of files) await writeWhole(path, content);
  } finally {
    lock.release();
  }
  return pictures.map(([path]) => path);
}
