// The routes of a server: what is asked by whom, and how it is answered or refused.

import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { NeuriteError } from "neurite";
import type { Batcher } from "./batcher.ts";
import type { Metrics } from "./metrics.ts";
import {
  DTYPE_HEADER,
  readRawJob,
  readSafetensorsJob,
  SHAPE_HEADER,
  writeRaw,
  writeSafetensors,
} from "./read-tensors.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Job, ServedModel } from "./served-model.ts";

export interface AppParts {
  readonly served: ServedModel;
  readonly batcher: Batcher<Job, Answer>;
  readonly metrics: Metrics;
  /** The document of /openapi.json. */
  readonly document: object;
  /** Bytes that a body may have. */
  readonly maxBody: number;
  /** Origins whose pages may ask, or "*"; none unless given. */
  readonly cors?: readonly string[] | undefined;
  /** Host names under which the server may be asked; any where null. */
  readonly hosts: readonly string[] | null;
  /** Whether it is about to end. */
  readonly isEnding: () => boolean;
  /** Told what should not have happened. */
  readonly onFault: (error: unknown) => void;
}

const SAFETENSORS = "application/vnd.safetensors";
const GETS = ["/", "/healthz", "/readyz", "/metrics", "/openapi.json"];

export function makeApp(parts: AppParts): Hono {
  const { metrics, hosts, isEnding, document, maxBody, onFault } = parts;
  const app = new Hono();
  app.use(async (c, next) => {
    const start = performance.now();
    await next();
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Cache-Control", "no-store");
    if (isEnding()) c.header("Connection", "close");
    const path = c.req.path === "/predict" || GETS.includes(c.req.path) ? c.req.path : "other";
    metrics.answered(path, c.res.status, (performance.now() - start) / 1000);
  });
  app.use(async (c, next) => {
    const host = (c.req.header("host") ?? "").replace(/:\d+$/, "").toLowerCase();
    // A page of another name that leads here (DNS rebinding) gets nothing.
    if (hosts && !hosts.includes(host)) {
      throw new Refusal(
        403,
        `this server is asked as ${hosts.join(" or ")}, not as ${host || "nothing"}`,
      );
    }
    await next();
  });
  if (parts.cors) {
    const origin = parts.cors.includes("*") ? "*" : [...parts.cors];
    app.use(
      cors({ origin, allowMethods: ["GET", "POST"], exposeHeaders: [DTYPE_HEADER, SHAPE_HEADER] }),
    );
  }
  app.get("/", (c) => c.json({ model: parts.served.name, openapi: "/openapi.json" }));
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", (c) => {
    if (isEnding()) throw ending();
    return c.json({ status: "ready" });
  });
  app.get("/metrics", async (c) =>
    c.body(await metrics.text(), 200, { "Content-Type": metrics.contentType }),
  );
  app.get("/openapi.json", (c) => c.json(document));
  app.post(
    "/predict",
    async (_, next) => {
      if (isEnding()) throw ending();
      await next();
    },
    bodyLimit({
      maxSize: maxBody,
      onError: () => {
        const most = maxBody.toLocaleString("en-US");
        throw new Refusal(413, `expected a body of at most ${most} bytes`, { Connection: "close" });
      },
    }),
    async (c) => await predict(c, parts),
  );
  app.all("/predict", () => refuseMethod("POST"));
  for (const path of GETS) app.all(path, () => refuseMethod("GET, HEAD"));
  app.notFound((c) => c.json({ error: `there is nothing at ${c.req.path}` }, 404));
  app.onError((error, c) => {
    if (error instanceof Refusal)
      return c.json({ error: error.message }, error.status, error.headers);
    onFault(error);
    return c.json({ error: "this is a fault of the server" }, 500);
  });
  return app;
}

function ending(): Refusal {
  return new Refusal(503, "the server is about to end", { "Retry-After": "1" });
}

function refuseMethod(allowed: string): never {
  throw new Refusal(405, `expected ${allowed}`, { Allow: allowed });
}

/** Reads examples by the type of the body, and answers in the same form. */
async function predict(c: Context, parts: AppParts): Promise<Response> {
  const { served } = parts;
  const type = (c.req.header("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  const bytes = async () => new Uint8Array(await c.req.arrayBuffer());
  switch (type) {
    case "application/json": {
      const { notices, job } = served.json.read(await bytes());
      const said = served.json.write(await answerOf(parts, job));
      return c.json({ ...said, ...(notices.length > 0 && { notices }) });
    }
    case "application/octet-stream": {
      const headers = [c.req.header(DTYPE_HEADER), c.req.header(SHAPE_HEADER)] as const;
      if (served.outputs.length > 1) {
        throw new Refusal(
          422,
          `this model has ${served.outputs.length} outputs: ask with ${SAFETENSORS}`,
        );
      }
      const answer = await answerOf(parts, readRawJob(served, await bytes(), ...headers));
      const { body, headers: said } = writeRaw(served, answer);
      return c.body(body, 200, { "Content-Type": type, ...said });
    }
    case SAFETENSORS:
    case "application/x-safetensors": {
      const answer = await answerOf(parts, readSafetensorsJob(served, await bytes()));
      const file = writeSafetensors(served, answer);
      return c.body(file.buffer as ArrayBuffer, 200, { "Content-Type": type });
    }
    default:
      throw new Refusal(
        415,
        `Content-Type: expected application/json, application/octet-stream or ${SAFETENSORS}, received ${type || "nothing"}`,
      );
  }
}

/** What the model refuses, as a word that it does not have, is the example's fault. */
async function answerOf({ batcher }: AppParts, job: Job): Promise<Answer> {
  try {
    return await batcher.submit(job);
  } catch (error) {
    if (error instanceof NeuriteError) throw new Refusal(422, error.message);
    throw error;
  }
}
