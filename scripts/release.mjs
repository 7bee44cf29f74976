/**
 * Makes a release ready: `npm run release -- 0.2.0`. Closes the open section of CHANGELOG.md, sets the
 * version of all packages, runs all tests and packs. It commits, tags and publishes nothing: it prints how.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const OPEN = "## Unreleased";

/** The changelog with its open section closed under a version, and a new open one above. */
export function closeSection(changelog, version, date) {
  const start = changelog.indexOf(`${OPEN}\n`);
  if (start < 0) throw new Error(`CHANGELOG.md: expected a section "${OPEN}"`);
  const end = changelog.indexOf("\n## ", start + 1);
  const body = changelog.slice(start + OPEN.length, end < 0 ? undefined : end).trim();
  if (body === "") throw new Error("CHANGELOG.md: the open section is empty: nothing to release");
  const rest = end < 0 ? "" : changelog.slice(end);
  const closed = `${OPEN}\n\n## ${version} (${date})\n\n${body}\n`;
  return changelog.slice(0, start) + closed + rest;
}

/** A manifest with the version set, its own and that of our packages where it depends on them. */
export function withVersion(manifest, version) {
  const { neurite } = manifest.dependencies ?? {};
  const mpi = manifest.peerDependencies?.["@neurite/mpi"];
  return {
    ...manifest,
    version,
    ...(neurite && { dependencies: { ...manifest.dependencies, neurite: version } }),
    ...(mpi && { peerDependencies: { ...manifest.peerDependencies, "@neurite/mpi": version } }),
  };
}

/** True for 0.2.0 after 0.1.0: three whole numbers, the first that differs larger. */
export function isNext(version, before) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return false;
  const [a, b] = [version, before].map((text) => text.split(".").map(Number));
  const at = a.findIndex((part, i) => part !== b[i]);
  return at >= 0 && a[at] > b[at];
}

function release(version) {
  const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });
  const read = (path) => readFileSync(join(root, path), "utf8");
  const write = (path, text) => writeFileSync(join(root, path), text);
  if (execFileSync("git", ["status", "--porcelain"], { cwd: root }).length > 0) {
    throw new Error("the checkout has changes that are not committed");
  }
  const before = JSON.parse(read("lib/package.json")).version;
  if (!isNext(version ?? "", before)) {
    throw new Error(`expected a version after ${before}, as in: npm run release -- 0.2.0`);
  }
  write(
    "CHANGELOG.md",
    closeSection(read("CHANGELOG.md"), version, new Date().toISOString().slice(0, 10)),
  );
  for (const path of ["lib/package.json", "cli/package.json", "packages/mpi/package.json"]) {
    write(path, `${JSON.stringify(withVersion(JSON.parse(read(path)), version), null, 2)}\n`);
  }
  run("npm", ["install"]);
  run("npm", ["test"]);
  run("npm", ["run", "build"]);
  mkdirSync(join(root, "release"), { recursive: true });
  run("npm", [
    "pack",
    "-w",
    "lib",
    "-w",
    "cli",
    "-w",
    "packages/mpi",
    "--pack-destination",
    "release",
  ]);
  console.log(`
Ready. Look at the diff and at release/, then:
  git commit -am "Release ${version}" && git tag v${version}
  npm publish release/neurite-${version}.tgz && npm publish --access public release/neurite-cli-${version}.tgz
  npm publish --access public release/neurite-mpi-${version}.tgz`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    release(process.argv[2]);
  } catch (error) {
    console.error(`release: ${error.message}`);
    process.exitCode = 1;
  }
}
