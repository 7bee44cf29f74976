/** Holds playground/src to its floors, as test/imports.test.ts does the library. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import {
  circleProblems,
  crowdProblems,
  lengthProblems,
  roomProblems,
  type Sources,
  specifiers,
} from "../../test/import-floors.ts";

/** Each room with those that it may import from, besides itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  formulas: [],
  state: [],
  codec: ["state"],
  protocol: ["state"],
  programs: [],
  worker: ["state", "codec", "protocol"],
  client: ["state", "codec", "protocol"],
  lessons: ["state", "protocol"],
  app: ["text", "state", "codec", "protocol", "client"],
  widgets: ["text", "state", "codec", "protocol", "client", "app"],
  pages: ["text", "formulas", "state", "codec", "protocol", "client", "lessons", "app", "widgets"],
  shell: ["text", "state", "codec", "protocol", "client", "app", "widgets", "pages"],
  styles: [],
};

/** What of the library may be loaded without a worker. Types may come from anywhere. */
const WITHOUT_ENGINE = ["neurite/spec"];

const root = fileURLToPath(new URL("../src/", import.meta.url));
const texts = new Map(
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && file.includes("/"))
    .map((file) => [file, readFileSync(root + file, "utf8")] as const),
);

/** The checker reads names that end in .ts. */
const sources: Sources = new Map(
  [...texts].map(([file, text]) => [
    file.replace(/\.tsx$/, ".ts"),
    text.replaceAll(/(["'][^"'\n]+)\.tsx(["'])/g, "$1.ts$2"),
  ]),
);

/** The programs of lessons stand beside their words, but are a room of their own, which only the worker runs. */
function roomOf(file: string): string {
  return /^lessons\/[^/]+\/program\.ts$/.test(file) ? "programs" : file.split("/")[0]!;
}

function roomProblemsOf(file: string, text: string): string[] {
  const room = roomOf(file);
  if (!(room in ROOMS)) return [`${file}: is in no room`];
  return specifiers(text).flatMap((specifier) => {
    if (!specifier.startsWith(".")) return [];
    const to = roomOf(posix.join(posix.dirname(file), specifier));
    return to === room || ROOMS[room]!.includes(to)
      ? []
      : [`${file}: ${room} may not import from ${to} (${specifier})`];
  });
}

it("imports from the rooms below it alone", () => {
  expect([...texts].flatMap(([file, text]) => roomProblemsOf(file, text))).toEqual([]);
});

it("imports the engine in the worker alone, and in what only the worker runs", () => {
  const problems = [...texts].flatMap(([file, text]) => {
    if (["worker", "programs"].includes(roomOf(file))) return [];
    const values = text.replaceAll(/^import type [\s\S]*?;$/gm, "");
    return specifiers(values)
      .filter((name) => /^neurite(\/|$)/.test(name) && !WITHOUT_ENGINE.includes(name))
      .map((name) => `${file}: ${name} needs an engine; ask the worker`);
  });
  expect(problems).toEqual([]);
});

it("has no circles, no crowds, no long files", () => {
  expect(circleProblems(sources)).toEqual([]);
  expect(roomProblems(sources)).toEqual([]);
  expect(crowdProblems(sources)).toEqual([]);
  expect(lengthProblems(sources)).toEqual([]);
});

it("draws nothing at random: every number comes from the engine or from a seed", () => {
  const wild = [...texts].filter(([, text]) => /Math\s*\.\s*random/.test(text));
  expect(wild.map(([file]) => file)).toEqual([]);
});

it("lets keys reach drawings: the attribute of SVG is tabindex, and tabIndex is no attribute there", () => {
  const deaf = [...texts].filter(([, text]) => /<(svg|g|path)\s[^<]*?\btabIndex=/.test(text));
  expect(deaf.map(([file]) => file)).toEqual([]);
});
