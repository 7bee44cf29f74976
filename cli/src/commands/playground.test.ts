import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { buildIfChanged } from "../../../playground/build/up-to-date.ts";
import { neurite } from "../run.testing.ts";

beforeAll(() => buildIfChanged(fileURLToPath(new URL("../../pages", import.meta.url))));

it("refuses a port that is none, or taken", async () => {
  for (const port of ["70000", "1.5", "x"]) {
    const { code, stderr } = await neurite("playground", "--port", port);
    expect(code).not.toBe(0);
    expect(stderr).toContain("Expected a whole number from 0 to 65535");
  }
  const other = createServer();
  const port = await new Promise<number>((resolve) =>
    other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port)),
  );
  const { code, stderr } = await neurite("playground", "--port", String(port));
  other.close();
  expect(code).not.toBe(0);
  expect(stderr).toContain(`--port: ${port} is in use`);
});

it("serves until a signal comes", async () => {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
  const before = process.listenerCount("SIGTERM");
  const running = neurite("playground", "--port", String(port));
  while (process.listenerCount("SIGTERM") === before) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  expect(await page.text()).toContain('<div id="app">');
  const own = process.listeners("SIGTERM").at(-1) as (signal: string) => void;
  own("SIGTERM");
  const { code, stdout } = await running;
  expect(code).toBe(0);
  expect(stdout).toContain(`The playground is at http://127.0.0.1:${port}/`);
});
