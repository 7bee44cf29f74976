import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PageServer, servePages } from "./page-server.ts";

const base = mkdtempSync(join(tmpdir(), "neurite-pages-"));
let server: PageServer;

beforeAll(async () => {
  const pages = join(base, "pages");
  mkdirSync(join(pages, "assets"), { recursive: true });
  mkdirSync(join(base, "pages-secret"));
  writeFileSync(join(pages, "index.html"), "<p>hello");
  writeFileSync(join(pages, "assets", "a.js"), "1;");
  writeFileSync(join(pages, "assets", "main-Dq_IR9-R.js"), "1;");
  writeFileSync(join(base, "secret.txt"), "secret");
  writeFileSync(join(base, "pages-secret", "b.txt"), "secret");
  symlinkSync(join(base, "secret.txt"), join(pages, "link.txt"));
  server = await servePages(pages, 0);
});
afterAll(async () => {
  await server.close();
  rmSync(base, { recursive: true, force: true });
});

/** Asks for a path as it is written: fetch() would tidy it. */
function ask(path: string, options: { host?: string; method?: string } = {}) {
  const { port } = new URL(server.url);
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const { host = `127.0.0.1:${port}`, method = "GET" } = options;
      const asked = request(
        { port, host: "127.0.0.1", path, method, headers: { host } },
        (answer) => {
          let text = "";
          answer.on("data", (part) => {
            text += part;
          });
          answer.on("end", () =>
            resolve({ status: answer.statusCode!, text, headers: answer.headers }),
          );
        },
      );
      asked.on("error", reject);
      asked.end();
    },
  );
}

describe("the server of pages", () => {
  it("serves files with their types, isolated from other origins", async () => {
    const page = await ask("/?lang=en");
    expect([page.status, page.text]).toEqual([200, "<p>hello"]);
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    expect((await ask("/assets/a.js")).headers["content-type"]).toMatch("text/javascript");
    expect((await ask("/", { method: "HEAD" })).text).toBe("");
  });

  it("lets a browser keep what is named by its content, and nothing else", async () => {
    const kept = async (path: string) => (await ask(path)).headers["cache-control"];
    expect(await kept("/assets/main-Dq_IR9-R.js")).toContain("immutable");
    expect(await kept("/assets/a.js")).toBe("no-cache");
    expect(await kept("/")).toBe("no-cache");
  });

  it.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/../pages-secret/b.txt",
    "//../secret.txt",
    "/link.txt",
    "/assets",
    "/assets/",
    "/none.html",
    "/%00",
    "/%E0%A4%A",
  ])("has nothing at %s", async (path) => {
    const { status, text } = await ask(path);
    expect(status).toBe(404);
    expect(text).not.toContain("secret");
  });

  it("listens to this machine alone", async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await ask("/", { host: "evil.example" })).status).toBe(403);
    expect((await ask("/", { method: "POST" })).status).toBe(405);
  });
});
