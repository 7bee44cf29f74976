// Serves a folder of pages on this machine alone: its files, and nothing above them.

import { readFile, realpath, stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, sep } from "node:path";

/** A server that runs. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** What isolates a page from other origins, and keeps it from guessing types or asking elsewhere. */
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-cache",
};

/** As the build names what it makes: of another content, a file would have another name. */
const NAMED_BY_CONTENT = /[/\\]assets[/\\][^/\\]+-[\w-]{8}\.\w+$/;
const FOR_GOOD = { "Cache-Control": "public, max-age=31536000, immutable" };

/**
 * Serves the files of a folder on 127.0.0.1.
 * @param port 0 for any that is free
 * @throws (as a rejection) an error of the system where the port is taken or the folder is not there
 */
export async function servePages(folder: string, port: number): Promise<PageServer> {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    if (!isLocal(request.headers.host)) return refuse(response, 403);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
    void send(root, request.url ?? "/", response, request.method === "HEAD");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page of another name that leads here (DNS rebinding) gets nothing. */
function isLocal(host = ""): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

async function send(
  root: string,
  url: string,
  response: ServerResponse,
  isHead: boolean,
): Promise<void> {
  try {
    const path = await fileAt(root, url);
    if (path === null) return refuse(response, 404);
    const bytes = await readFile(path);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, {
      ...HEADERS,
      ...(NAMED_BY_CONTENT.test(path) && FOR_GOOD),
      "Content-Type": type,
      "Content-Length": bytes.length,
    });
    response.end(isHead ? undefined : bytes);
  } catch {
    refuse(response, 404);
  }
}

/** The file that an address means, links followed; null for what is not in the folder. */
async function fileAt(root: string, url: string): Promise<string | null> {
  const name = decodeURIComponent(new URL(url, "http://localhost").pathname);
  if (name.includes("\0")) return null;
  const asked = join(root, name.endsWith("/") ? `${name}index.html` : name);
  const path = await realpath(asked);
  const isInside = path.startsWith(root + sep);
  return isInside && (await stat(path)).isFile() ? path : null;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...HEADERS, "Content-Type": "text/plain" });
  response.end(`${status}\n`);
}
