// neurite serve: what it prints, what it refuses, and that it ends where it is told to.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeOnnx, type OnnxFields } from "neurite/onnx";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCommandLine } from "../command-line.ts";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-serve-command-"));
const run = join(folder, "xor");

beforeAll(async () => {
  expect(await neurite("train", "xor", "--epochs", "2", "--out", run, "-q")).toMatchObject({
    code: 0,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const listeners = () => ({
  SIGINT: process.listeners("SIGINT"),
  SIGTERM: process.listeners("SIGTERM"),
});

/** As SIGTERM would, but the server alone: a browser that another file's tests left open listens too. */
function askToEnd(before: ReturnType<typeof listeners>): void {
  const added = listeners().SIGTERM.filter((listener) => !before.SIGTERM.includes(listener));
  expect(added).toHaveLength(1);
  added[0]!("SIGTERM");
}

it("serves until the system asks it to end", async () => {
  let told = (_: string) => {};
  const line = new Promise<string>((resolve) => {
    told = resolve;
  });
  const before = listeners();
  const io = { stdout: { write: (text: string) => told(text) }, stderr: { write: () => {} } };
  const code = runCommandLine(["serve", run, "--port", "0", "--max-batch", "2", "--json"], io);
  const { event, url } = JSON.parse(await line);
  expect(event).toBe("serving");
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(`${url}/predict`, {
    method: "POST",
    body: '{"examples":[[0,1]]}',
    headers: { "content-type": "application/json", connection: "close" },
  });
  const { predictions } = (await response.json()) as { predictions: object[] };
  expect(predictions).toHaveLength(1);
  askToEnd(before);
  expect(await code).toBe(0);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  expect(listeners()).toEqual(before);
});

it("serves an ONNX file, and says why requests are not joined", async () => {
  const dim = [{ value: { case: "dimValue", value: 2n } }];
  const type = { value: { case: "tensorType", value: { elemType: 1, shape: { dim } } } };
  const graph = {
    node: [{ opType: "Neg", input: ["x"], output: ["y"] }],
    ...{ input: [{ name: "x", type }], output: [{ name: "y", type }] },
  };
  const opsetImport = [{ domain: "", version: 21n }];
  const file = join(folder, "neg.onnx");
  writeFileSync(file, encodeOnnx({ irVersion: 10n, opsetImport, graph } as OnnxFields));
  let said = "";
  let told = () => {};
  const all = new Promise<void>((resolve) => {
    told = resolve;
  });
  const write = (text: string) => {
    said += text;
    if (text.startsWith("Ctrl-C")) told();
  };
  const before = listeners();
  const code = runCommandLine(["serve", file, "--port", "0"], {
    ...{ stdout: { write }, stderr: { write: () => {} } },
  });
  await all;
  expect(said).toContain("one at a time: the first axis of x is not of any length.");
  const response = await fetch(`${/http:[^\s:]+:\d+/.exec(said)![0]}/predict`, {
    method: "POST",
    body: '{"inputs":[1,-2]}',
    headers: { "content-type": "application/json", connection: "close" },
  });
  expect(await response.json()).toEqual({ outputs: { y: [-1, 2] } });
  askToEnd(before);
  expect(await code).toBe(0);
});

it.each([
  [["--host", "0.0.0.0"], /--host: 0\.0\.0\.0 lets other machines in.*--public/],
  [["--host", "192.0.2.1", "--public"], /--host: 192\.0\.2\.1 is no address of this machine/],
  [["--port", "70000"], /Expected a whole number from 0 to 65535/],
  [["--cors", "a.example"], /Expected origins as in "https:\/\/a\.example", received "a\.example"/],
  [["--max-batch", "0"], /Expected a whole number above 0/],
  [["--timeout", "0"], /Expected a number above 0/],
])("refuses %j", async (flags, message) => {
  const { code, stderr } = await neurite("serve", run, "--max-batch", "1", ...flags);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

it("says that a port is taken, and that there is no run", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const taken = await neurite("serve", run, "--max-batch", "1", "--port", `${port}`);
  await new Promise((resolve) => other.close(resolve));
  expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining(`${port} is in use`) });
  const none = await neurite("serve", join(folder, "no"));
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("there is no run here") });
});
