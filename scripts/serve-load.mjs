/**
 * node scripts/serve-load.mjs FOLDER|model.onnx BODY.json [--connections 16] [--seconds 10] [-- options of serve]: how many requests a second
 * `neurite serve` answers, how long they take, and what a request costs in processor time of the server, which load on
 * the machine changes less. Then it is told to end under the same load: what it has accepted must be answered.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const end = process.argv.indexOf("--", 2);
const own = process.argv.slice(2, end < 0 ? undefined : end);
const { values, positionals } = parseArgs({
  args: own,
  allowPositionals: true,
  options: {
    connections: { type: "string", default: "16" },
    seconds: { type: "string", default: "10" },
  },
});
const [path, bodyFile] = positionals;
if (!bodyFile) {
  console.error("Usage: node scripts/serve-load.mjs FOLDER|model.onnx BODY.json [-- options]");
  process.exit(1);
}
const body = readFileSync(bodyFile);
const neurite = fileURLToPath(new URL("../cli/bin/neurite.js", import.meta.url));
const more = end < 0 ? [] : process.argv.slice(end + 1);
const server = spawn(process.execPath, [neurite, "serve", path, "--port", "0", "--json", ...more], {
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = once(server, "exit");
const [line] = await once(server.stdout, "data");
const { url, joins } = JSON.parse(line);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** The status of an answer; null where the connection was not taken, or broke before a byte was sent. */
const ask = () =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": body.length };
    const req = request(`${url}/predict`, { method: "POST", agent, headers }, (res) => {
      res
        .on("error", reject)
        .on("end", () => resolve(res.statusCode))
        .resume();
    });
    req.on("error", (error) => (error.code === "ECONNREFUSED" ? resolve(null) : reject(error)));
    req.end(body);
  });
const cpu = async () => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total ([\d.e-]+)/m.exec(text)[1]);
};

let isOn = true;
const times = [];
const statuses = new Map();
async function client() {
  while (isOn) {
    const start = performance.now();
    const status = await ask();
    times.push(performance.now() - start);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === null) return;
  }
}
const clients = () => Array.from({ length: Number(values.connections) }, client);
for (let i = 0; i < 200; i++) await ask(); // programs and code are made
const [before, started] = [await cpu(), performance.now()];
const running = clients();
await new Promise((resolve) => setTimeout(resolve, 1000 * Number(values.seconds)));
isOn = false;
await Promise.all(running);
const seconds = (performance.now() - started) / 1000;
const count = times.length;
const spent = (await cpu()) - before;
const sorted = times.sort((a, b) => a - b);
const at = (share) => sorted[Math.min(count - 1, Math.floor(share * count))].toFixed(1);
console.log(
  `requests joined: ${joins}; ${values.connections} connections, ${seconds.toFixed(1)} s`,
);
console.log(`answers: ${[...statuses].map(([status, n]) => `${n} of ${status}`).join(", ")}`);
console.log(
  `${(count / seconds).toFixed(0)} requests/s; ms: median ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)}`,
);
console.log(`processor time of the server: ${((1e6 * spent) / count).toFixed(0)} us a request`);

// Under load it is told to end: each request is answered, refused with 503, or finds nobody listening.
isOn = true;
statuses.clear();
const last = Promise.allSettled(clients());
await new Promise((resolve) => setTimeout(resolve, 500));
server.kill("SIGTERM");
const [code] = await ended;
isOn = false;
const lost = (await last).filter(({ status }) => status === "rejected");
console.log(
  `told to end: ${[...statuses].map(([status, n]) => `${n} of ${status ?? "no connection"}`).join(", ")}; ` +
    `${lost.length} lost, ended with ${code}`,
);
for (const { reason } of lost.slice(0, 3)) console.log(reason.message);
agent.destroy();
process.exitCode = lost.length > 0 || code !== 0 ? 1 : 0;
