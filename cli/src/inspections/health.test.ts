// What train tells of an ill run, the section "health", and remedies tried by --try.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-health-"));
const [deep, well, broken] = ["deep", "well", "broken"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

function specFile(name: string, layers: readonly object[], more: object = {}): string {
  const path = join(folder, `${name}.json`);
  const spec = {
    version: 1,
    data: { name: "moons", samples: 120, noise: 0.2 },
    model: { layers: [{ kind: "input", shape: [2] }, ...layers] },
    loss: "binaryCrossentropy",
    optimizer: { name: "sgd", learningRate: 0.1 },
    metrics: ["accuracy"],
    training: { epochs: 12, batchSize: 10 },
    seed: 3,
    ...more,
  };
  writeFileSync(path, JSON.stringify(spec));
  return path;
}

const sigmoid = (units: number) => ({ kind: "dense", units, activation: "sigmoid" });
let deepRun: Awaited<ReturnType<typeof neurite>>;
let brokenRun: Awaited<ReturnType<typeof neurite>>;

beforeAll(async () => {
  const layers = [...[6, 6, 6, 6].map(sigmoid), sigmoid(1)];
  deepRun = await neurite("train", specFile("deep", layers), "--out", deep);
  const linear = [
    { kind: "dense", units: 6, activation: "relu" },
    { kind: "dense", units: 1 },
  ];
  const long = { loss: "meanSquaredError", optimizer: { name: "sgd", learningRate: 30 } };
  brokenRun = await neurite("train", specFile("broken", linear, long), "--out", broken);
  await neurite("train", "moons", "--epochs", "15", "--out", well, "-q");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("train ends with a line for each finding, and its report shows them", () => {
  expect(deepRun.code).toBe(0);
  expect(deepRun.stdout).toMatch(/^vanishing: gradients vanish on their way back/m);
  expect(deepRun.stdout).toMatch(/^one-class: all of 60 examples are taken for class \d/m);
  expect(deepRun.stdout).toContain(`inspect ${deep} --try\n`);
  const report = readFileSync(join(deep, "report.html"), "utf8");
  expect(report).toContain("What is wrong, and what helps");
  expect(report).toContain("<b>relu</b>");
  expect(readFileSync(join(well, "report.html"), "utf8")).not.toContain("What is wrong");
});

it("a healthy training ends without a word of it, and says so in its event", async () => {
  const { stdout } = await neurite("train", "xor", "--json", "-q");
  const done = JSON.parse(stdout.trim().split("\n").at(-1)!);
  expect(done.findings).toEqual([]);
});

it("tells of cause and remedies, as text and as JSON", async () => {
  const told = await neurite("inspect", deep, "health");
  expect(told.stdout).toContain("cause   at each layer the error is multiplied by w");
  expect(told.stdout).toContain("remedy  relu: ReLU, with He's start");
  const { stdout } = await neurite("inspect", deep, "health", "--json");
  const [first] = JSON.parse(stdout).health.findings;
  expect(first).toMatchObject({ id: "vanishing", severity: "failure" });
  expect(first.evidence.ratio).toBeLessThan(0.005);
  expect((await neurite("inspect", well, "health")).stdout).toContain("Nothing was found.");
});

it("tries a finding's remedies beside the run", async () => {
  const { stdout, code } = await neurite("inspect", deep, "--try", "vanishing");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^as it was +\d/m);
  expect(stdout).toMatch(/^relu +helped +\d+\.\d+ % .* none$/m);
  expect(stdout).toContain("model.layers.1, 2, 3, 4.activation: sigmoid -> relu");
  const page = readFileSync(join(deep, "inspect.html"), "utf8");
  expect(page).toContain("The remedy tried, beside the run as it was");
  const { stdout: json } = await neurite("inspect", deep, "--try", "--json");
  const { finding, original, tried } = JSON.parse(json).trial;
  expect(finding.id).toBe("vanishing");
  expect(original.epochs).toHaveLength(12);
  expect(tried[0].verdict).toBe("helped");
  expect(tried[0].told.after).toBeGreaterThan(tried[0].told.before + 0.2);
});

it("a training that ended by an infinity keeps its sentence, and what ended it", async () => {
  expect(brokenRun.code).toBe(1);
  expect(brokenRun.stderr).toMatch(/is no longer finite in epoch 1, step \d+: op \d+/);
  expect(brokenRun.stderr).toContain(`inspect ${broken} --try\n`);
  const { stdout } = await neurite("inspect", broken, "health", "--json");
  const [first] = JSON.parse(stdout).health.findings;
  expect(first.id).toBe("not-finite");
  expect(first.says).toMatch(/in epoch 1, step \d+: op \d+ \(/);
  const trial = await neurite("inspect", broken, "--try");
  expect(trial.stdout).toMatch(/^as it was +not finite +not finite/m);
});

it("says in a sentence where there is nothing to try", async () => {
  const healthy = await neurite("inspect", well, "--try");
  expect(healthy.code).toBe(1);
  expect(healthy.stderr).toBe(
    `neurite: ${well}: nothing is wrong with this run, so that there is nothing to try\n`,
  );
  const unknown = await neurite("inspect", deep, "--try", "vanshing");
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain(
    'Unknown finding of this run "vanshing". Did you mean "vanishing"?',
  );
});
