/** The parts of the release script that can be wrong without anybody looking. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { closeSection, isNext, withVersion } from "../scripts/release.mjs";

const changelog = readFileSync(fileURLToPath(new URL("../CHANGELOG.md", import.meta.url)), "utf8");

describe("closing the changelog's open section", () => {
  it("keeps what it says under the version, and opens an empty one", () => {
    const text = "# Changelog\n\n## Unreleased\n\n- Faster.\n\n## 0.1.0 (2026-11-01)\n\n- First.\n";
    expect(closeSection(text, "0.2.0", "2026-12-01")).toBe(
      "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n- Faster.\n\n" +
        "## 0.1.0 (2026-11-01)\n\n- First.\n",
    );
  });
  it("works on the project's own", () => {
    expect(closeSection(changelog, "99.0.0", "2099-01-01")).toContain("## 99.0.0 (2099-01-01)\n\n");
  });
  it.each([
    ["# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- First.\n", /nothing to release/],
    ["# Changelog\n", /expected a section "## Unreleased"/],
  ])("refuses %j", (text, message) => {
    expect(() => closeSection(text, "0.2.0", "2026-12-01")).toThrow(message);
  });
});

it("sets the version, and that of the library where it is depended on", () => {
  expect(withVersion({ version: "0.1.0" }, "0.2.0")).toEqual({ version: "0.2.0" });
  const cli = { version: "0.1.0", dependencies: { neurite: "0.1.0", other: "1.0.0" } };
  const dependencies = { neurite: "0.2.0", other: "1.0.0" };
  expect(withVersion(cli, "0.2.0")).toEqual({ version: "0.2.0", dependencies });
});

it.each([
  ["0.1.1", true],
  ["0.2.0", true],
  ["0.10.0", true],
  ["1.0.0", true],
  ["0.1.0", false],
  ["0.0.9", false],
  ["0.2", false],
  ["next", false],
])("%s after 0.1.0: %s", (version, isAfter) => {
  expect(isNext(version, "0.1.0")).toBe(isAfter);
});
