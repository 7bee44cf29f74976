/**
 * Steps of the smallest nets, as kernels, as straight lines and with an object a unit, by turns in one process.
 * npm run bench:small [-- --rounds 200 --browser], after a build; with --browser in Chromium.
 */

import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { scriptOf } from "./src/script.mjs";
import { measure, NETS, showNet } from "./src/small-nets.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "200" },
    browser: { type: "boolean", default: false },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const rounds = Number(values.rounds);

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
  await page.addScriptTag({
    content: await scriptOf(new URL("src/small-nets.mjs", import.meta.url), "small"),
  });
  for (const net of NETS) {
    const timed = await page.evaluate(
      ([one, count]) => globalThis.small.measure(one, count),
      [net, rounds],
    );
    console.log(showNet(timed));
  }
  await browser.close();
}
