// Starts the other ranks of a run on this machine, and joins those that are there.

import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Patience, ranksAtCentre, ranksAtEdge } from "./local-ranks.ts";
import { PLACE_VARIABLE, RankError, type RankPlace, type Ranks } from "./ranks.ts";
import { Wire } from "./wire.ts";

const BINARY = fileURLToPath(new URL("../../bin/neurite.js", import.meta.url));
/** What is kept of a process's last words. */
const LAST_WORDS = 2000;

/** The other ranks as processes that end with this one, which is rank 0. @throws RankError where one does not start */
export async function startRanks(size: number, options: Patience): Promise<Ranks> {
  const path = socketPath();
  const children: ChildProcess[] = [];
  const kill = () => {
    for (const child of children) child.kill("SIGKILL");
  };
  process.once("exit", kill);
  const wires = await new Promise<Wire[]>((resolve, reject) => {
    const server = createServer();
    const found = new Map<number, Wire>();
    const timer = setTimeout(
      () => refuse(new RankError(`ranks did not start within ${options.patience} s`)),
      options.patience * 1000,
    );
    const over = () => {
      clearTimeout(timer);
      server.close();
      rmSync(path, { force: true });
    };
    const refuse = (error: Error) => {
      over();
      kill();
      reject(error);
    };
    server.on("error", refuse);
    server.on("connection", (socket) => {
      let rank: number | null = null;
      const wire = new Wire(socket, () => (rank === null ? "a rank" : lastWords(rank)));
      const greeted = (hello: Buffer) => {
        rank = hello.readUInt32LE();
        found.set(rank, wire);
        if (found.size < size - 1) return;
        over();
        resolve(Array.from({ length: size - 1 }, (_, i) => found.get(i + 1)!));
      };
      wire.next().then(greeted, () => {}); // who is gone before it greets is seen by its exit
    });
    const words: string[] = [];
    const lastWords = (rank: number) => {
      const { exitCode, signalCode } = children[rank - 1]!;
      const said = (words[rank] ?? "")
        .trim()
        .split("\n")
        .at(-1)!
        .replace(/^neurite: /, "");
      const how = signalCode === null ? `code ${exitCode}` : signalCode;
      if (exitCode === null && signalCode === null) return `rank ${rank}${said && ` (${said})`}`;
      return `rank ${rank} (ended by ${how}${said && `: ${said}`})`;
    };
    server.listen(path, () => {
      for (let rank = 1; rank < size; rank++) {
        const child = startRank(rank, size, path);
        children.push(child);
        child.stderr!.on("data", (text: Buffer) => {
          words[rank] = ((words[rank] ?? "") + String(text)).slice(-LAST_WORDS);
        });
        child.on("error", refuse);
        child.on("exit", () => {
          if (!found.has(rank)) refuse(new RankError(`${lastWords(rank)} did not start`));
        });
        child.unref();
        (child.stderr as Socket).unref();
      }
    });
  });
  return ranksAtCentre(wires, options, async () => {
    for (const wire of wires) wire.end();
    process.off("exit", kill);
  });
}

function startRank(rank: number, size: number, path: string): ChildProcess {
  const wide = process.argv.includes("--no-wide") ? ["--no-wide"] : [];
  return spawn(process.execPath, [BINARY, ...wide, "train"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, [PLACE_VARIABLE]: `${rank}/${size}/${path}` },
  });
}

function socketPath(): string {
  const name = `neurite-${process.pid}-${randomBytes(6).toString("hex")}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

/** Joins rank 0, which started this process. */
export async function joinStarted(place: RankPlace, options: Patience): Promise<Ranks> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const made = connect(place.path!, () => resolve(made));
    made.on("error", reject);
  });
  const wire = new Wire(socket, () => "rank 0");
  const hello = Buffer.alloc(4);
  hello.writeUInt32LE(place.rank);
  await wire.send(hello);
  return ranksAtEdge(wire, place, options);
}
