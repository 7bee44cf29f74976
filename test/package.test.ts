/** The packages as users get them: packed, looked through, installed into an empty project and run. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPackages } from "./built.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "neurite-package-"));
const project = join(folder, "project");
let packed: readonly {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}[] = [];

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** A dependency of one of the two packages: its own copy, or the one that all share. */
function placeOf(name: string): string {
  const places = ["lib", "cli", "."].map((part) => join(root, part, "node_modules", name));
  return places.find((place) => existsSync(place))!;
}

const run = (command: string, args: readonly string[], cwd = root): string =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  buildPackages();
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  packed = JSON.parse(run("npm", [...args, "-w", "lib", "-w", "cli", "-w", "packages/mpi"]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tarball = (which: number) =>
  new Uint8Array(readFileSync(join(folder, packed[which]!.filename)));

it("hold what is needed to run and to read, and no tests", () => {
  for (const { files } of packed) {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(
      paths.filter((path) => /\.(test|test-d|testing)\.|golden|tsbuildinfo/.test(path)),
    ).toEqual([]);
  }
});

/** Of "/a/b/c": "", "/a" and "/a/b". */
const foldersAbove = (path: string): string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));

it("the library's types are found as its code is", async () => {
  const content = createPackageFromTarballData(tarball(0));
  // Its own answer goes through all files, and it is asked for each import of each.
  const folders = new Set(content.listFiles().flatMap(foldersAbove));
  content.directoryExists = (path) => folders.has(path.replace(/\/$/, ""));
  const result = await checkPackage(content);
  const problems = result.types === false ? [{ kind: "no types" }] : result.problems;
  // The package is ES modules only: require() of it from CommonJS needs Node 20.19 or newer.
  const meant = ["CJSResolvesToESM", "NoResolution"];
  expect(problems.filter(({ kind }) => !meant.includes(kind))).toEqual([]);
});

describe("in an empty project", () => {
  beforeAll(() => {
    const installed = join(project, "node_modules");
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(project, "package.json"), '{ "type": "module", "private": true }');
    const manifests = packed.map(({ name, filename }) => {
      const place = join(installed, name);
      mkdirSync(place, { recursive: true });
      run("tar", ["-xzf", join(folder, filename), "-C", place, "--strip-components=1"]);
      return JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as Manifest;
    });
    // What they depend on, and nothing else, is where `npm ci` has put it for this repository.
    const needed = new Set(manifests.flatMap(({ dependencies }) => Object.keys(dependencies)));
    for (const name of packed.map((one) => one.name)) needed.delete(name);
    for (const name of needed) {
      const place = join(installed, name);
      mkdirSync(dirname(place), { recursive: true });
      symlinkSync(placeOf(name), place, "dir");
    }
    run("npm", ["rebuild", "--ignore-scripts", ...packed.map(({ name }) => name)], project);
  });

  it.each([0, 1, 2])("package %i has nothing that publint finds wrong", async (which) => {
    // Unpacked: in a tarball it goes through all files for each folder.
    const pkgDir = join(project, "node_modules", packed[which]!.name);
    expect((await publint({ pkgDir, strict: true, pack: false })).messages).toEqual([]);
  });

  it("a program runs", () => {
    const program = `
      import { tensor } from "neurite";
      import { dense } from "neurite/nn";
      import { sequential } from "neurite/train";
      import { xor } from "neurite/data";
      const { train } = xor();
      const model = sequential([dense(4, { inputShape: [2], activation: "tanh" }), dense(1)]);
      model.compile({ loss: "mse", optimizer: { name: "adam", learningRate: 0.05 } });
      const y = { ...train.y, dtype: "float32", shape: [4, 1], data: Float32Array.from(train.y.data) };
      await model.fit(train.x, y, { epochs: 300, batchSize: 4 });
      console.log(String(tensor([[1, 2], [3, 4]]).sum()), (await model.evaluate(train.x, y)).loss < 0.05);
    `;
    writeFileSync(join(project, "program.js"), program);
    expect(run(process.execPath, ["program.js"], project)).toBe("10.0 float32[] true\n");
  });

  it("the command runs", () => {
    const command = join(project, "node_modules/.bin/neurite");
    const printed = run(command, ["train", "xor", "--epochs", "3"], project);
    expect(printed).toMatch(/^test accuracy .* of 4\)/);
  });
});
