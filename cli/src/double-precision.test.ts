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

const CUT: Readonly<Record<string, object>> = { mnist: { train: 200, test: 50 } };

describe.each(["mnist", "iris", "xor", "moons", "regressionPlane"])("%s", (name) => {
  const [source, out] = [join(folder, `${name}.json`), join(folder, name)];
  const spec = DEFAULT_RUNS[name]!;

  it("is trained, judged, asked and printed", async () => {
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
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
      cwd: new URL(".", import.meta.url),
    });
    expect(Number(/.*loss: (\S+?),/s.exec(printed)![1])).toBeCloseTo(loss, 12);
  });
});
