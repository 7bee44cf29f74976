// How a process finds its place among ranks, and what ranks over sockets do with each other.

import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ranksAtCentre, ranksAtEdge } from "./local-ranks.ts";
import { type Ranks, rankPlace, threadsOf } from "./ranks.ts";
import { Wire } from "./wire.ts";

describe("the place of a process", () => {
  it.each([
    [{}, null],
    [
      { OMPI_COMM_WORLD_RANK: "1", OMPI_COMM_WORLD_SIZE: "4", OMPI_COMM_WORLD_LOCAL_SIZE: "2" },
      { rank: 1, size: 4, local: 2 },
    ],
    [
      { PMI_RANK: "0", PMI_SIZE: "2", MPI_LOCALNRANKS: "2" },
      { rank: 0, size: 2, local: 2 },
    ],
    [
      { PMIX_RANK: "3", SLURM_PROCID: "3", SLURM_STEP_NUM_TASKS: "8" },
      { rank: 3, size: 8 },
    ],
    [{ NEURITE_RANK: "2/3/tmp/a/b" }, { rank: 2, size: 3, local: 3, path: "tmp/a/b" }],
    // One task of an array, or a shell on a cluster: nobody to wait for.
    [{ SLURM_PROCID: "0", SLURM_NTASKS: "1", PMI_RANK: "0", PMI_SIZE: "1" }, null],
    [{ SLURM_PROCID: "0", SLURM_NTASKS: "4" }, null],
  ])("%o", (environment, place) => {
    expect(rankPlace(environment as Record<string, string>)).toEqual(place);
  });

  it("has its part of the processors", () => {
    expect(threadsOf({ local: 1000 })).toBe(1);
    expect(threadsOf({})).toBeGreaterThanOrEqual(1);
  });
});

describe("ranks over sockets", () => {
  const open: Socket[] = [];
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
  });

  async function wires(): Promise<readonly [Wire, Wire, Socket]> {
    const path = join(tmpdir(), `neurite-test-${process.pid}-${Math.random()}`);
    const server = createServer();
    const centre = new Promise<Socket>((resolve) => server.once("connection", resolve));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const edge = connect(path);
    const other = await centre;
    server.close();
    open.push(edge, other);
    return [new Wire(other, () => "rank 1"), new Wire(edge, () => "rank 0"), edge];
  }

  async function pair(patience = 20): Promise<readonly [Ranks, Ranks, Socket]> {
    const [centre, edge, socket] = await wires();
    const place = { rank: 1, size: 2 };
    return [
      ranksAtCentre([centre], { patience }, async () => {}),
      ranksAtEdge(edge, place, { patience }),
      socket,
    ];
  }

  it("add up arrays of both types, large and shared ones too, in the order of the ranks", async () => {
    const [zero, one] = await pair();
    const arrays = (value: number) => [
      new Float32Array(new SharedArrayBuffer(4 * 50_001)).fill(value),
      Float64Array.of(value, 2 ** -40),
    ];
    const [a, b] = [arrays(1), arrays(2)];
    for (let i = 0; i < 3; i++) await Promise.all([zero.sum(a), one.sum(b)]);
    expect(a).toEqual(b);
    expect([a[0]![0], a[0]![50_000], ...a[1]!]).toEqual([12, 12, 12, 8 * 2 ** -40]);
  });

  it("hear what rank 0 says, and leave together", async () => {
    const [zero, one] = await pair();
    const said = Buffer.from("x".repeat(100_000));
    const [, heard] = await Promise.all([zero.broadcast(said), one.broadcast(null)]);
    expect(said.equals(heard)).toBe(true);
    await Promise.all([zero.close(), one.close()]);
  });

  it("end with a sentence where one is at another place", async () => {
    const [zero, one] = await pair(0.3);
    const ended = await Promise.allSettled([
      zero.sum([new Float32Array(3)]),
      one.sum([new Float32Array(2)]),
    ]);
    expect(String((ended[0] as PromiseRejectedResult).reason)).toContain(
      "rank 1 is at another place than rank 0: it gave 8 bytes to add up, and not 12",
    );
    expect(String((ended[1] as PromiseRejectedResult).reason)).toContain(
      "rank 0 has been silent for 0.3 s",
    );
  });

  it("end where one is silent, or gone", async () => {
    const [silent] = await pair(0.1);
    await expect(silent.sum([new Float32Array(1)])).rejects.toThrow(
      "rank 1 has been silent for 0.1 s",
    );
    const [zero, , socket] = await pair();
    const asked = zero.sum([new Float32Array(1)]);
    socket.destroy();
    await expect(asked).rejects.toThrow("rank 1 is gone");
    await expect(zero.sum([new Float32Array(1)])).rejects.toThrow("rank 1 is gone");
  });
});
