/** Serves a bundle from memory, with or without the headers that isolate a page from other origins. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What SharedArrayBuffer asks for. Workers from Blobs inherit it from who starts them. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

const PAGE = '<!doctype html><title>Neurite</title><script type="module" src="/page.js"></script>';

export interface Site {
  readonly url: string;
  close(): void;
}

export async function serve(
  files: ReadonlyMap<string, string>,
  { isolated }: { readonly isolated: boolean },
): Promise<Site> {
  const server = createServer(({ url = "" }, response) => {
    const text = url === "/" ? PAGE : files.get(url);
    response.writeHead(text === undefined ? 404 : 200, {
      "Content-Type": url === "/" ? "text/html" : "text/javascript",
      ...(isolated && ISOLATION),
    });
    response.end(text);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
