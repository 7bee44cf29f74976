/** The README's programs are examples, and what it prints is what they print. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as layers from "../lib/src/nn/layers/index.ts";

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");

/** Code without what a formatter may change. */
const bare = (code: string) => code.replace(/\s+/g, "").replace(/,(?=[\]})])/g, "");

const readme = read("README.md");
const programs = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => bare(code!));

it.each(["readme", "stages"])("quotes the example %s and its output", (name) => {
  expect(programs).toContain(bare(read(`examples/src/${name}.ts`).replace(/^\/\/.*\n/, "")));
  expect(readme).toContain(`\`\`\`text\n${read(`examples/output/${name}.txt`)}\`\`\``);
});

it.each([
  ["save-load", "encodeCheckpoint("],
  ["take-away", "exportOnnx("],
])("quotes a part of the example %s", (name, call) => {
  const part = programs.find((code) => code.includes(call));
  expect(bare(read(`examples/src/${name}.ts`))).toContain(part ?? `a program that calls ${call}`);
});

it("lists the layers that there are", () => {
  const [, sentence] = /The layers in `neurite\/nn` are (.*?)\./s.exec(readme)!;
  const listed = [...sentence!.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const { layerFromSpec, mergeFromSpec, ...makers } = layers;
  expect(listed.sort()).toEqual(Object.keys(makers).sort());
});

describe("commands", () => {
  const folder = "cli/src/commands";
  const files = readdirSync(fileURLToPath(new URL(`../${folder}`, import.meta.url)));
  const texts = (isTest: boolean) =>
    files
      .filter((file) => file.endsWith(".test.ts") === isTest)
      .map((file) => read(`${folder}/${file}`));
  const names = [
    ...texts(false)
      .join("")
      .matchAll(/program\s*\.command\("(\w+)"\)/g),
  ].map(([, name]) => name!);

  it("finds them", () => expect(names).toEqual(expect.arrayContaining(["train", "reproduce"])));

  it.each(names)("shows neurite %s, which has a test", (name) => {
    expect(readme).toContain(`neurite ${name} `);
    expect(texts(true).join("")).toContain(`"${name}"`);
  });
});
