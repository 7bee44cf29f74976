/** Finds Chromium on this machine, and installs Debian's where that is allowed. */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

const run = promisify(execFile);

/** The first has no windows of its own to draw: its own process takes half of the time. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];

export const HOW_TO_INSTALL: string =
  "The tests in a browser were skipped: install Chromium or Chrome so that one of " +
  `${NAMES.join(", ")} is on the PATH (on Debian, as root: apt-get install chromium).`;

export interface Installed {
  readonly path: string;
  /** As the browser tells it: "Chromium 156.0.8078.108 built on Debian GNU/Linux 12". */
  readonly version: string;
}

let found: Promise<Installed | null> | undefined;

/**
 * The browser on the PATH, after installing it where this is Debian and we are root; looked for once a process.
 * @returns null where there is none; a warning has then said what to install
 */
export function findChromium(): Promise<Installed | null> {
  found ??= lookForChromium();
  return found;
}

async function lookForChromium(): Promise<Installed | null> {
  for (const name of NAMES.slice(0, 2)) {
    if (onPath(NAMES) === null) await install(name, "No Chromium was found");
  }
  const path = onPath(NAMES);
  if (path === null) {
    console.warn(HOW_TO_INSTALL);
    return null;
  }
  const { stdout } = await run(path, ["--version"]);
  const version = stdout.trim();
  console.info(`The tests in a browser run in ${version}.`);
  return { path, version };
}

/**
 * A browser of a test file's own, for flags of its own; others share one (shared-browser.ts). Signals are its owner's
 * business, whose end is its end.
 * @param jsFlags V8's flags, as "--no-liftoff --wasm-revectorize"
 */
export function launch({ path }: Installed, jsFlags = ""): Promise<Browser> {
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const flags = jsFlags === "" ? [] : [`--js-flags=${jsFlags}`];
  return chromium.launch({ ...optionsOf(path, flags), ...signals });
}

/** It talks to nobody but the page's server. Containers forbid its sandbox. */
function optionsOf(executablePath: string, flags: readonly string[]): LaunchOptions {
  const without = ["gpu", "quic", "background-networking", "component-update", "sync"];
  const disabled = without.map((name) => `--disable-${name}`);
  return { executablePath, args: ["--no-sandbox", "--no-first-run", ...disabled, ...flags] };
}

function onPath(names: readonly string[]): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A font with Chinese letters, without which pages in Chinese are drawn as boxes; Debian's is installed if we may. */
export async function ensureChineseFont(): Promise<void> {
  if (onPath(["fc-list"]) === null || (await hasChineseFont())) return;
  await install("fonts-noto-cjk", "No font with Chinese letters was found");
  if (await hasChineseFont()) return;
  console.warn(
    "Pages in Chinese are drawn as boxes here: install a font as Debian's fonts-noto-cjk.",
  );
}

async function hasChineseFont(): Promise<boolean> {
  const { stdout } = await run("fc-list", [":lang=zh", "family"]);
  return stdout.trim() !== "";
}

/** Installs a package of Debian, where this is Debian and we are root. */
async function install(name: string, why: string): Promise<void> {
  const mayInstall = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (!mayInstall || onPath(["apt-get"]) === null) return;
  console.warn(`${why}: installing Debian's ${name}, for the tests in a browser.`);
  const aptGet = (...args: string[]) =>
    run("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      maxBuffer: 2 ** 26,
    });
  try {
    await aptGet("update");
    await aptGet("install", "-y", "--no-install-recommends", name);
  } catch (error) {
    console.warn(`apt-get failed: ${(error as Error).message}`);
  }
}
