/**
 * Keeps type-checking cheap: how many types TypeScript instantiates for the library and for typed
 * programs on top of it. A count, unlike a time, is the same on every machine. A budget is what was
 * measured plus a quarter; it moves only in a commit that says why. What programs pay is counted of programs.
 * The library itself grows with each layer and function, so that it is counted by the line: 1000 lines may
 * only become cheaper. It has two budgets, of its core and of what stands on that: `inspect/`, `books/` and `timeline/`.
 */
import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "neurite-types-"));
afterAll(() => rmSync(temporary, { recursive: true }));

interface Cost {
  readonly instantiations: number;
  readonly seconds: number;
  readonly errors: string[];
}

async function check(...options: string[]): Promise<Cost> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  // One checker: with several, each would count what it instantiates on its own.
  const figures = ["--extendedDiagnostics", "--singleThreaded"];
  const run = promisify(execFile)(process.execPath, [tsc, ...options, ...figures]);
  // tsc ends with an error code where it finds errors, with the same output.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const figure = (name: string) =>
    Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1]);
  return {
    instantiations: figure("Instantiations"),
    seconds: figure("Check time"),
    errors: stdout.split("\n").filter((line) => line.includes("error TS")),
  };
}

/** Checks a program of its own, against the library's declarations as users have them. */
function checkProgram(name: string, lines: readonly string[]): Promise<Cost> {
  const folder = join(temporary, name);
  mkdirSync(folder);
  const config = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      types: [],
      paths: {
        neurite: [join(temporary, "lib/index.d.ts")],
        "neurite/*": [join(temporary, "lib/*/index.d.ts")],
      },
    },
    files: ["program.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(folder, "program.ts"), lines.join("\n"));
  return check("-p", folder);
}

const times = <T>(n: number, f: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => f(i));

/** Three operations a line. `by` makes the sizes of each line its own, or leaves them alike. */
function operations(by: number): string[] {
  const line = (i: number) => {
    const [batch, inner, outer] = [32 + by * i, 64 + by * i, 10 + by * i];
    return (
      `export const y${i} = zeros([${batch}, ${inner}]).matmul(zeros([${inner}, ${outer}]))` +
      `.add(zeros([${outer}])).sum(0);`
    );
  };
  return ['import { zeros } from "neurite";', ...times(200, line)];
}

/** Twenty models of nine lines, each used once. */
function models(by: number): string[] {
  const model = (i: number) => {
    const size = (n: number) => n + by * i;
    return [
      `const m${i} = sequential(`,
      `  [${size(28)}, 28],`,
      "  flatten(),",
      `  dense(${size(300)}),`,
      '  activation("relu"),',
      `  dense(${size(100)}),`,
      '  activation("tanh"),',
      `  dense(${size(10)}),`,
      ");",
      `export const p${i} = m${i}.predict(zeros([32, ${size(28)}, 28]));`,
    ];
  };
  return [
    'import { zeros } from "neurite";',
    'import { activation, dense, flatten } from "neurite/nn";',
    'import { sequential } from "neurite/train";',
    ...times(20, model).flat(),
  ];
}

/** Losses over records, differentiated and compiled. */
function derivatives(): string[] {
  const step = (i: number) => [
    `const loss${i} = (p: { w: Tensor<[${i + 5}, 3]>; b: Tensor<[3]> }, x: Tensor<[8, ${i + 5}]>) =>`,
    "  x.matmul(p.w).add(p.b).tanh().square().mean();",
    `export const slope${i} = grad(loss${i});`,
    `export const step${i} = compile(valueAndGrad(loss${i}));`,
  ];
  return [
    'import { compile, grad, type Tensor, valueAndGrad } from "neurite";',
    ...times(50, step).flat(),
  ];
}

/** Literal data, as an example in a book: rows of numbers written out. */
function literals(): string[] {
  const row = (i: number) => `  [${times(20, (j) => ((i * 7 + j * 3) % 10) / 10).join(", ")}],`;
  return [
    'import { tensor } from "neurite";',
    "export const data = tensor([",
    ...times(198, row),
    "]);",
  ];
}

/** The folders of the library that are read by none of the others, and counted by themselves. */
const CONTENT = ["inspect", "books", "timeline"];

/** Lines of the library's sources, those of tests apart, in the content or outside it. */
function linesOf(isContent: boolean): number {
  const folder = join(root, "lib/src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) =>
      /(?<!\.test|\.testing|\.test-d)\.ts$/.test(name) &&
      CONTENT.includes(name.split(/[\\/]/)[0]!) === isContent,
  );
  return files.reduce(
    (sum, name) => sum + readFileSync(join(folder, name), "utf8").split("\n").length,
    0,
  );
}

/** Checks a part of the library and writes its declarations; those of the parts that it refers to are there. */
function checkPart(
  name: string,
  include: readonly string[],
  without: readonly string[],
  references: readonly string[],
): Promise<Cost> {
  const folder = join(temporary, name);
  mkdirSync(folder);
  const inLibrary = (path: string) => join(root, "lib", path);
  const { exclude, ...config } = JSON.parse(readFileSync(inLibrary("tsconfig.json"), "utf8"));
  const part = {
    ...config,
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      ...config.compilerOptions,
      rootDir: inLibrary("src"),
      outDir: join(temporary, "lib"),
      tsBuildInfoFile: join(folder, "part.tsbuildinfo"), // none yet: check everything
      emitDeclarationOnly: true,
    },
    include: include.map(inLibrary),
    exclude: [...exclude, ...without].map(inLibrary),
    references: references.map((other) => ({ path: join(temporary, other) })),
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(part));
  return check("-p", folder);
}

const folders = CONTENT.map((name) => `src/${name}`);
let core: Cost;
beforeAll(async () => {
  writeFileSync(join(temporary, "package.json"), '{ "type": "module" }');
  symlinkSync(join(root, "node_modules"), join(temporary, "node_modules"));
  core = await checkPart("core", ["src/**/*.ts"], folders, []);
});

function expectCheap(name: string, { instantiations, seconds, errors }: Cost, lines: number) {
  const each = instantiations / (lines / 1000);
  console.info(
    `type check of ${name}: ${seconds} s, ${instantiations} instantiations, ${each.toFixed()} in 1000 lines`,
  );
  expect(errors.slice(0, 3)).toEqual([]);
  expect(instantiations).toBeGreaterThan(10_000);
  return expect(each);
}

// A file of the core that reads the content is an error here: it is not the core's.
test("the library's core: all but inspect/, books/ and timeline/", () => {
  expectCheap("the core", core, linesOf(false)).toBeLessThan(2700);
});

test("inspect/, books/ and timeline/, on the core's declarations", async () => {
  const content = await checkPart("content", folders, [], ["core"]);
  expectCheap("the content", content, linesOf(true)).toBeLessThan(3400);
});

test.each<[name: string, lines: string[], budget: number]>([
  ["operations on one shape", operations(0), 11_400],
  ["operations on ever new shapes", operations(1), 172_000],
  ["models of one shape", models(0), 4700],
  ["models of ever new shapes", models(1), 27_200],
  ["derivatives", derivatives(), 14_600],
  ["literal data", literals(), 1800],
])("a program of 200 lines: %s", async (name, lines, budget) => {
  const { instantiations, seconds, errors } = await checkProgram(name, lines);
  console.info(`type check of ${name}: ${seconds} s, ${instantiations} instantiations`);
  expect(errors.slice(0, 3)).toEqual([]);
  expect(instantiations).toBeGreaterThan(500);
  expect(instantiations).toBeLessThan(budget);
});
