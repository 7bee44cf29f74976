import { expect, test } from "vitest";
import type { Element } from "./element.ts";
import { Fusion } from "./fusion.ts";
import { Hosts, MOST_STORES } from "./hosts.ts";
import { type Buffer, moved, wholeView } from "./view.ts";

const buffer = (id: number): Buffer => ({ id, dtype: "float32", shape: [2, 3], bytes: 24 });
const [a, b, c] = [buffer(0), buffer(1), buffer(2)] as const;
const load = (of: Buffer): Element => {
  return { kind: "load", dtype: "float32", view: wholeView(of, of.shape) };
};

function map(id: number): Fusion {
  const fusion = new Fusion(id, [2, 3]);
  fusion.begin({ kind: "map" });
  return fusion;
}

test("a fusion reads what it stores is made of, pointwise where place and order agree", () => {
  const fusion = map(0);
  const turned = moved(
    moved(wholeView(b, [3, 2]), { op: "transpose", params: { perm: [1, 0] } })!,
    {
      op: "flip",
      params: { axes: [0] },
    },
  )!;
  const args: Element[] = [load(a), { kind: "load", dtype: "float32", view: turned }];
  fusion.stores.push({ element: { kind: "op", dtype: "float32", op: "add", args }, buffer: c });
  expect(fusion.reads.map(({ view, pointwise }) => [view.buffer, pointwise])).toEqual([
    [a, true],
    [b, false],
  ]);
});

test("what is stored later is read too", () => {
  const fusion = map(0);
  fusion.stores.push({ element: load(a), buffer: c });
  expect(fusion.reads).toHaveLength(1);
  fusion.stores.push({ element: load(b), buffer: c });
  expect(fusion.reads.map(({ view }) => view.buffer)).toEqual([a, b]);
});

test("it depends on those that must run before, not on itself nor on others", () => {
  const [first, second, third, other] = [map(0), map(1), map(2), map(3)];
  second.follow(first);
  third.follow(second);
  third.follow(third);
  expect(third.dependsOn(first)).toBe(true);
  expect(first.dependsOn(third)).toBe(false);
  expect(third.dependsOn(other)).toBe(false);
  expect([...third.before]).toEqual([second]);
});

test("hosts are found by shape and by what they read, until they are full", () => {
  const hosts = new Hosts();
  const [first, second] = [map(0), map(1)];
  hosts.add(second, load(a));
  hosts.add(first, load(a));
  hosts.add(first, load(b));
  expect(hosts.candidates([2, 3], [a])).toEqual([first, second]);
  expect(hosts.candidates([2, 3], [b])).toEqual([first]);
  expect(hosts.candidates([2, 3], [c])).toEqual([]);
  expect(hosts.candidates([3, 2], [a])).toEqual([]);
  first.results = MOST_STORES;
  expect(hosts.candidates([2, 3], [a])).toEqual([second]);
});
