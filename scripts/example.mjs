/**
 * Builds and runs one example: `npm run example -- <name> [arguments]`. Lists the names when given none.
 * The build is incremental, and always made, so that an edited example runs as edited.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = new URL("../examples/", import.meta.url);
const names = readdirSync(new URL("src/", folder))
  .filter((file) => /\.ts$/.test(file) && !/\.(test|test-d|d)\.ts$/.test(file))
  .map((file) => file.slice(0, -".ts".length))
  .sort();
const list = names.map((name) => `  ${name}`).join("\n");

/** True where everything compiles; else the compiler has said what does not. */
function build() {
  const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
  const args = [tsc, "-b", "lib", "examples"];
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  return spawnSync(process.execPath, args, { cwd, stdio: "inherit" }).status === 0;
}

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  console.log(`Usage: npm run example -- <name> [arguments]\n\nExamples:\n${list}`);
} else if (!names.includes(name)) {
  console.error(`Expected the name of an example. Received "${name}".\n\nExamples:\n${list}`);
  process.exitCode = 1;
} else if (!build()) {
  console.error(`The example "${name}" was not run: it does not compile.`);
  process.exitCode = 1;
} else {
  const program = fileURLToPath(new URL(`dist/${name}.js`, folder));
  process.argv = [process.argv[0], program, ...rest];
  await import(pathToFileURL(program).href);
}
