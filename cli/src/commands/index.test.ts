import { createRequire } from "node:module";
import { Command } from "commander";
import { beforeAll, describe, expect, it } from "vitest";
import { buildPackages } from "../../../test/built.ts";
import { neurite } from "../run.testing.ts";
import { announce, COMMANDS, commandNamed } from "./index.ts";

beforeAll(buildPackages);

const io = { stdout: { write: () => {} }, stderr: { write: () => {} } };

describe("the list of commands", () => {
  it.each(COMMANDS)("says of $name what it says itself", async (listed) => {
    const [said, own] = [new Command(), new Command()];
    announce(said, listed);
    (await listed.load())(own, io);
    const term = ({ commands: [one] }: Command) => ({
      name: one!.name(),
      hasOptions: one!.options.length + one!.commands.length > 0,
      args: one!.registeredArguments.map((arg) => [arg.name(), arg.required, arg.variadic]),
    });
    expect(said.commands).toHaveLength(1);
    expect(own.commands).toHaveLength(1);
    expect(term(said)).toEqual(term(own));
  });

  it.each(COMMANDS)("loads $name at once, as it is built: no module of it waits", ({ name }) => {
    const require = createRequire(new URL("../../dist/main.js", import.meta.url));
    expect(require(`./commands/${name}.js`)).toHaveProperty(`${name}Command`);
  });

  it("is what the help shows, with a summary each", async () => {
    const { stdout } = await neurite("--help");
    for (const { name, takes, summary } of COMMANDS) {
      expect(stdout).toContain(`\n  ${name} ${takes} `);
      expect(stdout).toContain(summary);
    }
  });

  it.each(COMMANDS)("has a help of $name, by two ways", async ({ name, summary }) => {
    const { code, stdout } = await neurite("help", name);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: neurite ${name} `));
    expect(await neurite("--no-wide", name, "--help")).toEqual({ code, stdout, stderr: "" });
    if (name === "evaluate") expect(stdout).toContain(summary);
  });
});

describe("commandNamed", () => {
  it.each([
    ["train mnist", "train"],
    ["--no-wide train --epochs 3", "train"],
    ["help train", "train"],
    ["help", undefined],
    ["--version", undefined],
    ["", undefined],
  ])('finds in "%s" %s', (line, name) => {
    expect(commandNamed(line.split(" ").filter(Boolean))).toBe(name);
  });
});
