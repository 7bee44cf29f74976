/** npm run ulp -- [--stride 1] [function …]: the errors of float32 functions over all numbers there are. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stride: { type: "string", default: "1" } },
});
if (!/^[1-9]\d*$/.test(values.stride)) {
  throw new Error(`--stride: expected a whole number above 0. Received "${values.stride}".`);
}
const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const names = positionals.length > 0 ? ["-t", `^(${positionals.join("|")}) is within`] : [];
const { status } = spawnSync(
  process.execPath,
  [vitest, "run", "lib/src/engines/wasm/math/math.test.ts", "--testTimeout", "36000000", ...names],
  { stdio: "inherit", env: { ...process.env, ULP_STRIDE: values.stride } },
);
process.exitCode = status ?? 1;
