import { fileURLToPath } from "node:url";
import { createServer } from "vite";

/** The repository's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** The sources, with what only tests import: `load("/lib/src/…")` gives a module of them, until `close()`. */
export async function openSources() {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true, ws: false, watch: null },
    appType: "custom",
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  return { load: (path) => server.ssrLoadModule(path), close: () => server.close() };
}
