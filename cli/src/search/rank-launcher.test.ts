// A search by ranks: who gets which trial, and the script that Slurm is given.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Mail, Ranks } from "../ranks/ranks.ts";
import { neurite } from "../run.testing.ts";
import { mailOf, rankLauncher, serveSearch } from "./rank-launcher.ts";
import { readSearch } from "./search-folder.ts";
import { slurmScript } from "./slurm.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-rank-search-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ranks within this process, whose messages lie in a list each until they are fetched. */
function postedRanks(size: number): Ranks[] {
  const boxes = Array.from({ length: size }, () => [] as { from: number; bytes: Uint8Array }[]);
  let told: Uint8Array | null = null;
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
  const mailAt = (rank: number): Mail => ({
    async send(to, bytes) {
      boxes[to]!.push({ from: rank, bytes });
    },
    async receive(signal) {
      while (boxes[rank]!.length === 0 && !signal?.aborted) await turn();
      return boxes[rank]!.shift() ?? null;
    },
  });
  return boxes.map((_, rank) => ({
    rank,
    size,
    how: "a list",
    mail: mailAt(rank),
    async sum() {},
    async broadcast(bytes) {
      told ??= bytes;
      while (told === null) await turn();
      return told;
    },
    async close() {},
  }));
}

describe("a search", () => {
  const at = join(folder, "xor");

  it("is planned for Slurm, a task a trial", async () => {
    const script = join(folder, "job.sh");
    const { code, stderr } = await neurite(
      ...["search", "xor", "--vary", "learningRate=0.1,0.2,0.3", "--strategy", "grid"],
      ...["--epochs", "2", "--out", at, "--slurm", script],
    );
    expect(code).toBe(0);
    expect(stderr).toContain(`sbatch ${script}`);
    const search = await readSearch(at);
    expect(slurmScript(search)).toContain("\n#SBATCH --array=0-2\n");
    expect(slurmScript(search)).toContain(` search --trial "$SLURM_ARRAY_TASK_ID" --out ${at}\n`);
    const [zero, , two] = search.trials;
    expect(slurmScript({ ...search, trials: [zero!, two!] })).toContain("--array=0,2\n");
    expect(() => slurmScript({ ...search, trials: [] })).toThrow("no trial is waiting");
  });

  it("gives each rank a trial, and the next to the one that is done", async () => {
    const [zero, one, two] = postedRanks(3) as [Ranks, Ranks, Ranks];
    const workers = [serveSearch(one), serveSearch(two)];
    const { trials } = await readSearch(at);
    const launcher = await rankLauncher(zero, at);
    launcher.start(trials[0]!.ask);
    launcher.start(trials[1]!.ask);
    const done: number[] = [];
    let epochs = 0;
    while (done.length < 3) {
      const news = await launcher.next();
      if (news.news === "epoch") epochs++;
      if (news.news !== "result") continue;
      expect(news.event).toMatchObject({ event: "done", epochs: 2 });
      done.push(news.event.trial);
      if (done.length === 1) launcher.start(trials[2]!.ask);
    }
    await launcher.stop();
    await Promise.all(workers);
    expect(done.sort()).toEqual([0, 1, 2]);
    expect(epochs).toBe(6);
  });

  it("ends where a rank cannot read it", async () => {
    const [zero, one] = postedRanks(2) as [Ranks, Ranks];
    const refused = expect(serveSearch(one)).rejects.toThrow("there is no search here");
    const launcher = await rankLauncher(zero, join(folder, "nowhere"));
    const news = await launcher.next();
    expect(news).toMatchObject({ news: "broken" });
    expect(JSON.stringify(news)).toContain("rank 1: ");
    await refused;
    await launcher.stop();
  });

  it("wants ranks that have messages", () => {
    const { mail: _, ...ranks } = postedRanks(2)[0]!;
    expect(() => mailOf(ranks)).toThrow("take --jobs");
  });
});
