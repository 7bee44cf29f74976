/** Runs one built example: `npm run example -- <name> [arguments]`. Lists the names when given none. */
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = new URL("../examples/", import.meta.url);
const names = readdirSync(new URL("src/", folder))
  .filter((file) => /\.ts$/.test(file) && !/\.(test|test-d|d)\.ts$/.test(file))
  .map((file) => file.slice(0, -".ts".length))
  .sort();
const list = names.map((name) => `  ${name}`).join("\n");

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  console.log(`Usage: npm run example -- <name> [arguments]\n\nExamples:\n${list}`);
} else if (!names.includes(name)) {
  console.error(`Expected the name of an example. Received "${name}".\n\nExamples:\n${list}`);
  process.exitCode = 1;
} else {
  const program = fileURLToPath(new URL(`dist/${name}.js`, folder));
  if (existsSync(program)) {
    process.argv = [process.argv[0], program, ...rest];
    await import(pathToFileURL(program).href);
  } else {
    console.error(`The example "${name}" is not built yet. Run: npm run build`);
    process.exitCode = 1;
  }
}
