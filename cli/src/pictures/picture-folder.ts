// Pictures in folders of their classes: which files there are, and what of the folder is left out.

import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { named } from "../files/read-file.ts";
import { CliError } from "../terminal/failures.ts";
import { plural, shortList } from "../terminal/names.ts";
import { isPictureFile } from "./raster.ts";

/** A picture of a class. */
export interface ClassPicture {
  /** Within the folder, with "/" between names. */
  readonly file: string;
  readonly className: string;
}

export interface PictureFolder {
  /** By class, and within it by name. */
  readonly train: readonly ClassPicture[];
  /** Null where the folder has no part for testing. */
  readonly test: readonly ClassPicture[] | null;
  readonly classes: readonly string[];
  readonly notices: readonly string[];
}

/** Deeper folders are no classes of pictures. */
const DEEPEST = 16;
/** What operating systems put beside files. */
const LITTER = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;
const PARTS = { train: /^train(ing)?$/i, test: /^(test(ing)?|val(id(ation)?)?)$/i };

/**
 * A folder for each class, whatever is nested in it; or folders `train` and `test` of such folders.
 * @throws CliError for a folder without two classes
 */
export async function listPictures(folder: string): Promise<PictureFolder> {
  const walk = new Walk(folder, await realpath(folder));
  const entries = await walk.entries(folder);
  const folders = entries.filter((entry) => entry.isDirectory());
  const part = (name: RegExp) => folders.filter((entry) => name.test(entry.name));
  const [trains, tests] = [part(PARTS.train), part(PARTS.test)];
  // Where there is both test and validation, test is what is tested on.
  const test = tests.find(({ name }) => /^test/i.test(name)) ?? tests[0];
  const [train] = trains;
  const isParted = train !== undefined && test !== undefined && trains.length === 1;
  if (!isParted) {
    const pictures = await classesIn(walk, "", entries);
    return walk.found(pictures, null);
  }
  for (const { name } of folders) if (name !== train.name && name !== test.name) walk.skip(name);
  const [own, others] = [
    await classesIn(walk, train.name, await walk.entries(join(folder, train.name))),
    await classesIn(walk, test.name, await walk.entries(join(folder, test.name))),
  ];
  return walk.found(own, others);
}

/** All pictures of a folder, whatever folders they are in. */
export async function picturesBelow(folder: string): Promise<PictureFolder> {
  const walk = new Walk(folder, await realpath(folder));
  const files = await walk.files("", 0);
  const pictures = files.map((file) => ({ file, className: "" }));
  return { train: pictures, test: null, classes: [], notices: walk.notices() };
}

async function classesIn(
  walk: Walk,
  part: string,
  entries: readonly Dirent[],
): Promise<ClassPicture[]> {
  const found: ClassPicture[] = [];
  const within = (name: string) => (part === "" ? name : `${part}/${name}`);
  for (const entry of entries) {
    if (!entry.isDirectory()) {
      if (entry.isSymbolicLink()) walk.links++;
      else if (isPictureFile(entry.name)) walk.beside++;
      else walk.countOther(entry.name);
      continue;
    }
    const files = await walk.files(within(entry.name), 1);
    if (files.length === 0) walk.empty.push(within(entry.name));
    for (const file of files) found.push({ file, className: entry.name });
  }
  return found;
}

class Walk {
  readonly #folder: string;
  readonly #root: string;
  readonly empty: string[] = [];
  readonly #skipped: string[] = [];
  readonly #others = new Map<string, number>();
  beside = 0;
  links = 0;

  constructor(folder: string, root: string) {
    this.#folder = folder;
    this.#root = root;
  }

  skip(name: string): void {
    this.#skipped.push(name);
  }

  countOther(name: string): void {
    const kind = extname(name).toLowerCase() || "no ending";
    this.#others.set(kind, (this.#others.get(kind) ?? 0) + 1);
  }

  async entries(path: string): Promise<Dirent[]> {
    try {
      const found = await readdir(path, { withFileTypes: true });
      return found.filter(({ name }) => !LITTER.test(name)).sort(byName);
    } catch (error) {
      throw named(error, path);
    }
  }

  /** Pictures below a folder within the one that is read. Links are followed to files that it holds, never out of it. */
  async files(within: string, depth: number): Promise<string[]> {
    if (depth > DEEPEST)
      throw new CliError(`${this.#folder}/${within}: folders in folders, too deep`);
    const found: string[] = [];
    for (const entry of await this.entries(join(this.#folder, within))) {
      const path = within === "" ? entry.name : `${within}/${entry.name}`;
      if (entry.isDirectory()) found.push(...(await this.files(path, depth + 1)));
      else if (!isPictureFile(entry.name)) this.countOther(entry.name);
      else if (entry.isFile() || (await this.#isWithin(path))) found.push(path);
      else this.links++;
    }
    return found;
  }

  async #isWithin(path: string): Promise<boolean> {
    try {
      const target = await realpath(join(this.#folder, path));
      return target.startsWith(this.#root + sep) && (await stat(target)).isFile();
    } catch {
      return false; // it leads nowhere
    }
  }

  notices(): string[] {
    const others = [...this.#others].map(([kind, count]) => `${kind} ${count}`);
    const total = [...this.#others.values()].reduce((a, b) => a + b, 0);
    return [
      ...(this.empty.length > 0
        ? [`folders without pictures are left out: ${shortList(this.empty)}`]
        : []),
      ...(this.#skipped.length > 0
        ? [`folders beside train and test are left out: ${shortList(this.#skipped)}`]
        : []),
      ...(this.beside > 0
        ? [`${plural(this.beside, "picture")} beside the folders of classes left out`]
        : []),
      ...(total > 0
        ? [
            `${plural(total, "file")} left out that ${total === 1 ? "is" : "are"} no .png, .jpg or .jpeg (${shortList(others)})`,
          ]
        : []),
      ...(this.links > 0
        ? [
            `${plural(this.links, "link")} left out that ${this.links === 1 ? "leads" : "lead"} out of the folder, to a folder, or nowhere`,
          ]
        : []),
    ];
  }

  found(train: ClassPicture[], test: ClassPicture[] | null): PictureFolder {
    const classes = [...new Set(train.map(({ className }) => className))].sort(compareNames);
    if (classes.length < 2) {
      const [only] = classes;
      const has = only === undefined ? "no such folder" : `one, ${only}`;
      throw new CliError(
        `${this.#folder}: expected a folder of pictures for each class, two or more; found ${has}` +
          (this.beside > 0 ? ` (and ${plural(this.beside, "picture")} in no folder)` : ""),
      );
    }
    return { train, test, classes, notices: this.notices() };
  }
}

const byName = (a: Dirent, b: Dirent) => compareNames(a.name, b.name);

/** Numbers by what they are, names by their characters: the same on every machine. */
function compareNames(a: string, b: string): number {
  const isNumber = (name: string) => /^\d{1,15}$/.test(name);
  if (isNumber(a) && isNumber(b) && Number(a) !== Number(b)) return Number(a) - Number(b);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
