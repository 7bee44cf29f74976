// A run in double precision goes through every command, whatever data set it learns from.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_RUNS, decodeCheckpoint } from "neurite/train";
import { afterAll, describe, expect, it } from "vitest";
import { neurite } from "./run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-double-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CUT: Readonly<Record<string, object>> = { mnist: { train: 20, test: 10 } };
/** The loss of every run, and the program that it is printed as. */
const printed = new Map<string, { readonly loss: number; readonly program: string }>();

describe.each(["mnist", "iris", "xor", "moons", "regressionPlane"])("%s", (name) => {
  const [source, out] = [join(folder, `${name}.json`), join(folder, name)];
  const spec = DEFAULT_RUNS[name]!;

  it("is trained, judged and asked", async () => {
    const data = { ...spec.data, ...CUT[name] };
    const training = { ...spec.training, epochs: 1 };
    writeFileSync(source, JSON.stringify({ ...spec, data, training, dtype: "float64" }));
    expect(await neurite("train", source, "-q", "--out", out)).toMatchObject({ code: 0 });
    const { variables } = decodeCheckpoint(readFileSync(join(out, "weights.safetensors")));
    expect(variables.get("params/dense1/w")!.dtype).toBe("float64");
    const judged = await neurite("evaluate", out, "--json");
    const { loss } = JSON.parse(judged.stdout) as { loss: number };
    expect(loss).toBeGreaterThan(0);
    const asked = await neurite(
      "predict",
      out,
      ...(name === "mnist" ? [name, "--row", "3"] : [name === "iris" ? "5,3,1,0.2" : "1,0"]),
    );
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect((await neurite("summary", out, "--graph")).stdout).toContain("float64");
    const program = (await neurite("summary", out, "--code")).stdout;
    printed.set(name, { loss, program });
  });
});

it("is printed as a program that ends with its loss", () => {
  // All in one process, each as a module of its own.
  const programs = JSON.stringify([...printed.values()].map(({ program }) => program));
  const running = `
    for (const program of ${programs}) {
      const found = (_, name) => "from " + JSON.stringify(import.meta.resolve(name));
      const module = program.replaceAll(/from "(neurite[^"]*)"/g, found);
      await import("data:text/javascript," + encodeURIComponent(module));
      console.log("done");
    }`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", running], {
    encoding: "utf8",
    cwd: new URL(".", import.meta.url),
  });
  const ends = said.split("done\n").slice(0, -1);
  expect(ends).toHaveLength(printed.size);
  [...printed.values()].forEach(({ loss }, i) => {
    expect(Number(/.*loss: (\S+?),/s.exec(ends[i]!)![1])).toBeCloseTo(loss, 12);
  });
});
