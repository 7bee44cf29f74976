// The binding: which library it opens, and what ranks do with each other under every mpirun that is found.

import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { libraryNames, MpiError, openLibrary } from "./library.ts";
import { joinMpi } from "./mpi.ts";

describe("the library", () => {
  it("is that of the launcher first, or the one that is named", () => {
    expect(libraryNames({ OMPI_COMM_WORLD_SIZE: "2" }, "linux")[0]).toBe("libmpi.so.40");
    expect(libraryNames({ PMI_RANK: "0" }, "linux")[0]).toBe("libmpich.so.12");
    const setting = { OMPI_ALLOW_RUN_AS_ROOT: "1", PMI_RANK: "0" };
    expect(libraryNames(setting, "linux")[0]).toBe("libmpich.so.12");
    expect(libraryNames({ PMI_RANK: "0", PMIX_RANK: "0" }, "linux")[0]).toBe("libmpi.so.40");
    expect(libraryNames({}, "darwin")[0]).toBe("/opt/homebrew/lib/libmpi.dylib");
    expect(libraryNames({ NEURITE_MPI_LIBRARY: "/opt/x.so" })).toEqual(["/opt/x.so"]);
  });

  it("that is not there is told with how to get one", async () => {
    const open = () => openLibrary({ NEURITE_MPI_LIBRARY: "/nowhere/libmpi.so" });
    await expect(open()).rejects.toThrow(MpiError);
    await expect(open()).rejects.toThrow(
      /^mpi: no MPI library was found among \/nowhere\/libmpi.so\. .*apt install openmpi-bin/,
    );
  });

  it("that is none is told by what it lacks", async () => {
    const open = () => openLibrary({ NEURITE_MPI_LIBRARY: "libc.so.6" });
    if (process.platform === "linux")
      await expect(open()).rejects.toThrow("the library has no MPI_Init_thread");
  });

  it("waits for a time above 0", async () => {
    await expect(joinMpi({ patience: 0 })).rejects.toThrow("expected patience in seconds above 0");
  });
});

const folder = mkdtempSync(join(tmpdir(), "neurite-mpi-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dist = new URL("../dist/index.js", import.meta.url).href;
const program = join(folder, "program.mjs");
writeFileSync(
  program,
  `
import { joinMpi } from ${JSON.stringify(dist)};
const mpi = await joinMpi({ patience: 1.5 });
const { rank, size } = mpi;
const memory = new WebAssembly.Memory({ initial: 4, maximum: 8, shared: true });
const a = new Float32Array(memory.buffer, 64, 50000).fill(rank + 1);
const b = Float64Array.of(2 ** -40, rank);
const [mode] = process.argv.slice(2);
if (mode === "killed" && rank === 1) process.kill(process.pid, "SIGKILL");
if (mode === "silent" && rank === 1) await new Promise((go) => setTimeout(go, 20000));
try {
  await mpi.sum([a, b]);
} catch (error) {
  console.log(error.message);
  mpi.abort(9);
}
const text = rank === 0 ? new TextEncoder().encode("told") : null;
const told = new TextDecoder().decode(await mpi.broadcast(text));
let answers = [];
if (rank === 0) {
  for (let i = 1; i < size; i++) {
    const { from, bytes } = await mpi.receive();
    answers[from] = bytes.length;
    await mpi.send(from, new Uint8Array(0));
  }
} else {
  await mpi.send(0, new Uint8Array(rank * 10));
  answers = [(await mpi.receive()).from];
}
console.log(JSON.stringify({ rank, size, a: [a[0], a[49999]], b: [...b], told, answers }));
await mpi.close();
`,
);

/** Launchers that say what they are; what they are told so that root may start more ranks than processors. */
function launchers(): { readonly name: string; readonly args: readonly string[] }[] {
  return ["mpirun.openmpi", "mpirun.mpich", "mpirun"].flatMap((name) => {
    try {
      const said = execFileSync(name, ["--version"], { encoding: "utf8", stdio: "pipe" });
      if (name === "mpirun" && hasAlternatives()) return [];
      const isOpen = /Open MPI|open-mpi/.test(said);
      return [{ name, args: isOpen ? ["--allow-run-as-root", "--oversubscribe"] : [] }];
    } catch {
      return [];
    }
  });
}

function hasAlternatives(): boolean {
  try {
    execFileSync("mpirun.openmpi", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const found = launchers();
// One that stands for all where none is found, so that it shows as skipped.
const each = found.length > 0 ? found : [{ name: "mpirun (none is installed)", args: [] }];

describe.skipIf(found.length === 0).each(each)("under $name", ({ name, args }) => {
  const run = async (...more: string[]) => {
    const ended = promisify(execFile)(
      name,
      [...args, "-n", "3", process.execPath, program, ...more],
      {
        cwd: fileURLToPath(new URL(".", import.meta.url)),
        timeout: 50_000,
      },
    );
    return await ended.then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => error,
    );
  };

  it("ranks add up in shared memory of Wasm, hear rank 0, and send each other bytes", async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    const said = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { rank: number });
    const told = { size: 3, a: [6, 6], b: [3 * 2 ** -40, 3], told: "told" };
    expect(said.sort((p, q) => p.rank - q.rank)).toEqual([
      { ...told, rank: 0, answers: [null, 10, 20] },
      { ...told, rank: 1, answers: [0] },
      { ...told, rank: 2, answers: [0] },
    ]);
  });

  it("a silent rank ends all, with a sentence", async () => {
    const { code, stdout } = await run("silent");
    expect(code).not.toBe(0);
    expect(stdout).toMatch(
      /mpi: rank [02] waited 1.5 s for the other 2 ranks: one of them is silent/,
    );
  });

  it("a killed rank ends all", async () => {
    expect((await run("killed")).code).not.toBe(0);
  });
});
