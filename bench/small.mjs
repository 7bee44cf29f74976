/**
 * Steps of the smallest nets, as kernels, as straight lines and with an object a unit, by turns in one process.
 * npm run bench:small [-- --rounds 200 --browser], after a build; with --browser in Chromium.
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { build } from "vite";
import { measure, NETS, showNet } from "./src/small-nets.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "200" },
    browser: { type: "boolean", default: false },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const rounds = Number(values.rounds);

/** The measurement as one script for a page. */
async function script() {
  const entry = fileURLToPath(new URL("src/small-nets.mjs", import.meta.url));
  const { output } = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      target: "es2023",
      rolldownOptions: {
        input: entry,
        // The library says which of its own modules have side effects, by names that a bundle of dist/ does not see.
        treeshake: false,
        preserveEntrySignatures: "strict",
        output: { format: "iife", name: "small", codeSplitting: false },
      },
    },
  });
  return output[0].code;
}

console.log(`nanoseconds a step in the shortest of ${rounds} blocks: kernels, straight line,`);
console.log("an object a unit; then kernels and objects to the straight line");
if (!values.browser) {
  console.log(`Node ${process.versions.node}`);
  for (const net of NETS) console.log(showNet(await measure(net, rounds)));
} else {
  const browser = await chromium.launch({
    executablePath: values.chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  console.log(`Chromium ${browser.version()}`);
  const page = await browser.newPage();
  await page.addScriptTag({ content: await script() });
  for (const net of NETS) {
    const timed = await page.evaluate(
      ([one, count]) => globalThis.small.measure(one, count),
      [net, rounds],
    );
    console.log(showNet(timed));
  }
  await browser.close();
}
