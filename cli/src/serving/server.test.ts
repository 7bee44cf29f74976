// A server end to end on a free port: what it answers, what it refuses, and how it ends.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors } from "neurite/formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";
import { readRun } from "../runs/run-folder.ts";
import { serveRun } from "./runs/served-run.ts";
import type { Answer, Job, ServedModel } from "./served-model.ts";
import { type RunningServer, type ServeOptions, startServer } from "./server.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-serve-"));
const at = (name: string) => join(folder, name);
const faults: unknown[] = [];
const OPTIONS: ServeOptions = {
  ...{ host: "127.0.0.1", port: 0, maxBatch: 4, maxWait: 1, maxQueue: 6, maxBody: 5000 },
  ...{ timeout: 20, version: "0", onFault: (error: unknown) => faults.push(error) },
};
let [iris, people]: RunningServer[] = [];
let served: ServedModel;

beforeAll(async () => {
  await neurite("train", "iris", "--epochs", "3", "--hidden", "4", "--out", at("iris"), "-q");
  const rows = Array.from({ length: 40 }, (_, i) => `${20 + (i % 9)},${i % 2 ? "Paris" : "Rome"},${i % 3 ? "yes" : "no"}`); // biome-ignore format: one line
  writeFileSync(at("people.csv"), `age,city,happy\n${rows.join("\n")}\n`);
  await neurite(
    "train",
    at("people.csv"),
    "--target",
    "happy",
    "--epochs",
    "2",
    "--out",
    at("people"),
    "-q",
  );
  served = await serveRun(await readRun(at("iris")), OPTIONS.maxBatch);
  iris = await startServer(served, { ...OPTIONS, cors: ["https://a.example"] });
  people = await startServer(await serveRun(await readRun(at("people")), 4), OPTIONS);
});
afterAll(async () => {
  await Promise.all([iris?.stop(), people?.stop()]);
  rmSync(folder, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

const ROW = [5.1, 3.5, 1.4, 0.2];
const post = (server: RunningServer | undefined, body: unknown, headers: object = {}) =>
  fetch(`${server!.url}/predict`, {
    method: "POST",
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  } as RequestInit);
const bytesOf = (x: readonly number[]) => new Uint8Array(Float32Array.from(x).buffer);
const alone = async (x: readonly number[]): Promise<Answer> =>
  (
    await served.run([
      {
        count: x.length / 4,
        x: [{ dtype: "float32", shape: [x.length / 4, 4], data: Float32Array.from(x) }],
      },
    ])
  )[0]!;

describe("POST /predict", () => {
  it("takes examples as JSON and answers with classes", async () => {
    const response = await post(iris, { examples: [ROW, [6, 3, 5, 2]] });
    const { predictions } = (await response.json()) as {
      predictions: { class: string; probabilities: Record<string, number> }[];
    };
    const { outputs } = await alone([...ROW, 6, 3, 5, 2]);
    expect(predictions.flatMap((p) => Object.values(p.probabilities))).toEqual([
      ...outputs[0]!.data,
    ]);
    expect(Object.keys(predictions[0]!.probabilities)).toEqual([
      "setosa",
      "versicolor",
      "virginica",
    ]);
  });

  it("takes and gives raw tensors", async () => {
    const headers = {
      "content-type": "application/octet-stream",
      "x-tensor-dtype": "float32",
      "x-tensor-shape": "2,4",
    };
    const response = await post(iris, bytesOf([...ROW, ...ROW]), headers);
    expect(response.headers.get("x-tensor-shape")).toBe("2,3");
    expect(response.headers.get("x-tensor-dtype")).toBe("float32");
    const { outputs } = await alone([...ROW, ...ROW]);
    expect(new Float32Array(await response.arrayBuffer())).toEqual(outputs[0]!.data);
  });

  it("takes and gives safetensors", async () => {
    const x = { dtype: "float64", shape: [1, 4], data: Float64Array.from(ROW) } as const;
    const headers = { "content-type": "application/vnd.safetensors" };
    const response = await post(iris, encodeSafetensors(new Map([["x", x]])), headers);
    const { tensors } = decodeSafetensors(new Uint8Array(await response.arrayBuffer()));
    const [[name, y] = []] = tensors;
    expect([name, y!.shape]).toEqual([served.outputs[0]!.name, [1, 3]]);
    expect(y!.data).toEqual((await alone(ROW)).outputs[0]!.data);
  });

  it("takes rows of a table, and says what it took for a gap", async () => {
    const rows = [
      { age: 31, city: "Paris" },
      { city: "Oslo", happy: "yes", shoe: 3 },
    ];
    const response = await post(people, { rows });
    const { predictions, notices } = (await response.json()) as {
      predictions: object[];
      notices: string[];
    };
    expect(predictions).toHaveLength(2);
    expect(predictions[0]).toMatchObject({ class: expect.stringMatching(/yes|no/) });
    expect(notices).toEqual([
      "not given, and taken for gaps: age",
      "not read by this run: shoe",
      'city: "Oslo" was not met in training, and is taken for a gap',
    ]);
  });

  it("takes rows with nothing but gaps", async () => {
    const response = await post(people, { rows: [{ age: null }, { city: "" }] });
    const { predictions } = (await response.json()) as { predictions: object[] };
    expect(predictions).toHaveLength(2);
    expect(predictions[0]).toEqual(predictions[1]);
  });

  it("computes together what comes together, each as if alone", async () => {
    const rows = Array.from({ length: 6 }, (_, i) => ROW.map((value) => value + i / 2));
    const responses = await Promise.all(rows.map((row) => post(iris, { examples: [row] })));
    for (const [i, response] of responses.entries()) {
      const { predictions } = (await response.json()) as {
        predictions: { probabilities: object }[];
      };
      const expected = (await alone(rows[i]!)).outputs[0]!.data;
      Object.values(predictions[0]!.probabilities).forEach((value, c) => {
        expect(value).toBeCloseTo(expected[c]!, 6);
      });
    }
  });

  const raw = { "content-type": "application/octet-stream" };
  it.each<[unknown, object, number, RegExp]>([
    ["{bad", {}, 400, /no JSON/],
    [Uint8Array.of(0x22, 0xff, 0x22), {}, 400, /no JSON/],
    ["[".repeat(4000), {}, 400, /no JSON/],
    [[1], {}, 422, /expected an object, received a list of 1/],
    [{ exmples: [] }, {}, 422, /Did you mean "examples"\?/],
    [{}, {}, 422, /examples: expected a list of examples, received undefined/],
    [{ examples: [] }, {}, 422, /received a list of 0/],
    [
      { examples: [[1, 2, 3]] },
      {},
      422,
      /examples\[0\]: expected a list of 4, received a list of 3/,
    ],
    [
      { examples: [[1, 2, 3, "4"]] },
      {},
      422,
      /examples\[0\]\[3\]: expected a number, received "4"/,
    ],
    [{ examples: [[1, 2, 3, null]] }, {}, 422, /expected a number, received null/],
    [{ examples: [[1, 2, 3, 1e39]] }, {}, 422, /more than float32 holds/],
    [{ examples: Array(7).fill(ROW) }, {}, 413, /at most 6 examples in a request, received 7/],
    [`"${"x".repeat(6000)}"`, {}, 413, /a body of at most 5,000 bytes/],
    [
      "x",
      { "content-type": "text/plain" },
      415,
      /expected application\/json.*received text\/plain/,
    ],
    [bytesOf(ROW), raw, 422, /X-Tensor-DType: expected float32/],
    [
      bytesOf(ROW),
      { ...raw, "x-tensor-dtype": "float32" },
      422,
      /X-Tensor-Shape: expected a shape/,
    ],
    [
      bytesOf(ROW),
      { ...raw, "x-tensor-dtype": "float32", "x-tensor-shape": "2,4" },
      422,
      /expected 32 bytes/,
    ],
    [
      bytesOf(ROW),
      { ...raw, "x-tensor-dtype": "float32", "x-tensor-shape": "2,2" },
      422,
      /expected \[examples, 4\]/,
    ],
    [
      bytesOf([]),
      { ...raw, "x-tensor-dtype": "float32", "x-tensor-shape": "0,4" },
      422,
      /expected \[examples, 4\]/,
    ],
    ["none", { "content-type": "application/vnd.safetensors" }, 400, /safetensors/],
  ])("refuses %j in a sentence", async (body, headers, status, message) => {
    const response = await post(iris, body, headers);
    const { error } = (await response.json()) as { error: string };
    expect(error).toMatch(message);
    expect(response.status).toBe(status);
  });

  it.each<[object, RegExp]>([
    [{ rows: [{ age: 31, ctiy: "Paris" }] }, /rows\[0\]: .*Did you mean "city"\?/],
    [{ rows: [{ age: [1] }] }, /rows\[0\]\.age: expected a text, a number or null/],
    [
      { rows: [{ age: 3 }, { age: "old" }] },
      /^rows: column "age": rows\[1\] holds "old"; expected a number .*or a gap$/,
    ],
    [{ rows: [3] }, /rows\[0\]: expected an object, received 3/],
    [{ rows: [{ toString: 1 }, {}] }, /rows\[0\]: expected some of age, city; received toString/],
    [{ rows: [{}] }, /rows\[0\]: expected some of age, city; received nothing/],
  ])("refuses rows such as %j", async (body, message) => {
    const response = await post(people, body);
    expect(response.status).toBe(422);
    expect(((await response.json()) as { error: string }).error).toMatch(message);
  });
});

describe("beside predictions", () => {
  it("tells health, readiness, metrics and its own document", async () => {
    const get = (path: string) => fetch(`${iris!.url}${path}`);
    expect(await (await get("/healthz")).json()).toEqual({ status: "ok" });
    expect(await (await get("/readyz")).json()).toEqual({ status: "ready" });
    const metrics = await (await get("/metrics")).text();
    expect(metrics).toMatch(/^neurite_requests_total\{path="\/predict",status="200"\} [1-9]/m);
    expect(metrics).toMatch(/^neurite_batch_examples_count [1-9]/m);
    const { paths } = (await (await get("/openapi.json")).json()) as { paths: object };
    expect(Object.keys(paths)).toEqual([
      "/predict",
      "/healthz",
      "/readyz",
      "/metrics",
      "/openapi.json",
    ]);
  });

  it("refuses other paths, methods and names of hosts", async () => {
    expect((await fetch(`${iris!.url}/other`)).status).toBe(404);
    const wrong = await fetch(`${iris!.url}/predict`);
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await fetch(`${iris!.url}/healthz`, { method: "DELETE" })).status).toBe(405);
    expect(
      await talk(iris!, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
    ).toMatch(/^HTTP\/1.1 403 /);
    expect(await talk(iris!, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
  });

  it("lets pages of the origins ask that it was told, and no others", async () => {
    const asked = async (server: RunningServer, origin: string) =>
      (await fetch(`${server.url}/healthz`, { headers: { origin } })).headers.get(
        "access-control-allow-origin",
      );
    expect(await asked(iris!, "https://a.example")).toBe("https://a.example");
    expect(await asked(iris!, "https://b.example")).toBe(null);
    expect(await asked(people!, "https://a.example")).toBe(null);
  });
});

/** What a server says to bytes, until it closes the connection. */
function talk({ url }: RunningServer, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(text));
    socket.on("data", (data) => {
      said += data.toString();
    });
    socket.on("end", () => resolve(said));
    socket.on("error", reject);
  });
}

describe("stopping", () => {
  it("answers what it has accepted, refuses what comes after, and ends", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isStarted = false;
    let started = () => {};
    const start = new Promise<void>((resolve) => {
      started = resolve;
    });
    const run = async (jobs: readonly Job[]) => {
      if (isStarted) {
        started();
        await held;
      }
      return await served.run(jobs);
    };
    const server = await startServer({ ...served, run }, OPTIONS);
    isStarted = true;
    const accepted = post(server, { examples: [ROW] });
    // A connection that is kept alive, and used again while the server ends.
    const kept = new Promise<string>((resolve) => {
      let said = "";
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => {
        socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      });
      socket.once("data", async () => {
        await start;
        void stopping();
        socket.on("data", (data) => {
          said += data.toString();
        });
        socket.on("end", () => resolve(said));
        socket.write("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
      });
    });
    let stopped: Promise<void> | null = null;
    const stopping = () => (stopped ??= server.stop());
    const late = await kept;
    expect(late).toMatch(/^HTTP\/1.1 503 /);
    expect(late).toMatch(/retry-after: 1/i);
    expect(late).toMatch(/connection: close/i);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    release();
    expect((await accepted).status).toBe(200);
    await stopping();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });
});
