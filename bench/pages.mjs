// What the playground costs a browser, and how many examples a second it learns beside TF Playground's own algorithm in
// the same page: each net in a page of its own, all ways by turns.
// npm run bench:pages [-- --seconds 6 --rounds 3], after a build; needs Chromium. About two minutes.

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { servePages } from "../cli/dist/files/page-server.js";
import { costOf, quantile } from "./src/pages/cost.mjs";
import { netsOf } from "./src/pages/nets.mjs";
import { openNet, waysScript } from "./src/pages/rates.mjs";
import { showNet } from "./src/pages/table.mjs";
import { processor } from "./src/processor.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "6" },
    rounds: { type: "string", default: "3" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
const folder = new URL("../cli/pages/", import.meta.url).pathname;

const server = await servePages(folder, 0);
const started = await chromium.launchServer({
  executablePath: values.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
const browser = await chromium.connect(started.wsEndpoint());
const { name, vectors } = processor();
console.log(
  `Chromium ${browser.version()}, ${name}, ${vectors}, load ${loadavg()[0].toFixed(1)}\n`,
);

const costs = [];
for (let round = 0; round < 2; round++) costs.push(await costOf(browser, server.url, seconds));
const of = (choose) => quantile(costs.map(choose), 0.5);
const lines = [
  ["long tasks while training", of((c) => c.training.long), "0"],
  ["p95 of a frame's work, ms", of((c) => c.training.work), "at most 6"],
  ["frames a second, idle", of((c) => c.idle.frames), ""],
  ["frames a second, training", of((c) => c.training.frames), ""],
  ["ratio of frames", of((c) => c.training.frames / c.idle.frames), "at least 0.85"],
  [
    "p95 from click to frame over idle, ms",
    of((c) => c.training.click - c.idle.click),
    "at most 30",
  ],
];
for (const [what, value, aim] of lines) {
  console.log(`${what.padEnd(42)} ${value.toPrecision(4).padStart(10)}  ${aim}`);
}

const about = { browser, pid: started.process().pid, url: server.url, script: await waysScript() };
const open = [];
for (const net of netsOf()) open.push({ net, take: await openNet(about, net), turns: [] });
for (let round = 0; round < rounds; round++) {
  for (const { take, turns } of open) turns.push(await take());
}
console.log(
  "\nMillion examples a second: by the clock in the best window and in the shortest block of it, and",
);
console.log("a second of processor time that its worker had, where others may have wanted it too");
for (const { net, turns } of open) console.log(showNet(net, turns));
console.log(`load ${loadavg()[0].toFixed(1)}`);
await started.close();
await server.close();
