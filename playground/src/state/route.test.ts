import { describe, expect, it } from "vitest";
import { hashOf, parseHash } from "./route.ts";

describe("routes", () => {
  it.each([
    ["", { page: "start" }],
    ["#/", { page: "start" }],
    ["#/network", { page: "network" }],
    ["#/network/", { page: "network" }],
    ["#/lesson/xor-net", { page: "lesson", id: "xor-net" }],
    ["#/lesson/%E4%B8%AD", { page: "lesson", id: "中" }],
    ["#/lesson/%E4", { page: "lesson", id: "%E4" }],
    ["#/lesson/mazur/2", { page: "lesson", id: "mazur", step: 2 }],
    ["#/lesson/mazur/0", { page: "missing" }],
    ["#/lesson/mazur/x", { page: "missing" }],
    ["#/lesson/mazur/2/3", { page: "missing" }],
    ["#/curves/softmax", { page: "curves", id: "softmax" }],
    ["#/curves/softmax/1", { page: "missing" }],
    ["#/lesson", { page: "missing" }],
    ["#/nowhere", { page: "missing" }],
    ["#/network/more", { page: "missing" }],
    ["#/constructor", { page: "missing" }],
  ])("reads %s", (hash, route) => {
    expect(parseHash(hash).route).toEqual(route);
  });

  it("reads what stands behind the question mark", () => {
    const { route, query } = parseHash("#/network?s=a-b_c?d&x=1");
    expect(route).toEqual({ page: "network" });
    expect([query.get("s"), query.get("x")]).toEqual(["a-b_c?d", "1"]);
  });

  it.each([{ page: "start" }, { page: "map" }, { page: "lesson", id: "a b/c", step: 3 }] as const)(
    "writes what it reads: %o",
    (route) => {
      expect(parseHash(hashOf(route)).route).toEqual(route);
      expect(parseHash(hashOf(route, "s=abc")).query.get("s")).toBe("abc");
    },
  );
});
