// Share links: `#/network?s=…`, base64url of deflated JSON: a version, what differs from a preset, perhaps weights.

import type { Problem, ProblemData } from "../state/index.ts";
import {
  HIDEABLE,
  PRESETS,
  type Settings,
  type TeacherSpec,
  VIEW,
  type ViewSpec,
  XOR,
} from "../state/index.ts";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { deflate, inflate } from "./deflate.ts";
import { applyDifference, differenceOf, type Json } from "./difference.ts";
import { Reader, readSettings, readView, treeOf } from "./read-settings.ts";
import { packWeights, unpackWeights } from "./weights.ts";

const VERSION = 1;
/** Of the text in the address, and of the document that comes out of it. */
export const MOST_LETTERS = 60_000;
const MOST_BYTES = 1_000_000;
/** What QR codes and chats pass on whole. */
export const SAFE_LETTERS = 2000;

/** Numbers of a network by the name of a variable, as in "dense1/w". */
export type LinkWeights = Readonly<Record<string, ArrayLike<number>>>;

export interface LinkContent {
  readonly settings: Settings;
  readonly view?: ViewSpec;
  readonly teacher?: TeacherSpec | null;
  readonly weights?: LinkWeights | undefined;
}

export interface Opened {
  /** Null where the link holds nothing that can be used. */
  readonly opened:
    | (LinkContent & { readonly view: ViewSpec; readonly teacher: TeacherSpec | null })
    | null;
  readonly problems: readonly Problem[];
}

/** The text after `s=`. */
export async function makeLink(content: LinkContent): Promise<string> {
  const { settings, view = VIEW, teacher = null, weights } = content;
  const [preset, difference] = nearestPreset(settings);
  const shownView = differenceOf(VIEW as unknown as Json, view as unknown as Json);
  const document = {
    v: VERSION,
    p: preset,
    ...(Object.keys(difference).length > 0 && { d: difference }),
    ...(Object.keys(shownView).length > 0 && { w: shownView }),
    ...(teacher && { t: teacher }),
    ...(weights && { n: packWeights(weights) }),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  return toBase64Url(await deflate(bytes));
}

/** The preset from which the fewest letters lead to the settings. */
function nearestPreset(settings: Settings) {
  const all = Object.entries(PRESETS).map(([name, preset]) => {
    const difference = differenceOf(preset as unknown as Json, settings as unknown as Json);
    return [name, difference, JSON.stringify(difference).length] as const;
  });
  return all.reduce((best, one) => (one[2] < best[2] ? one : best));
}

/** What a link holds. Whatever stands in it, this gives an answer. */
export async function openLink(text: string): Promise<Opened> {
  if (text.length > MOST_LETTERS) return broken("size");
  const packed = fromBase64Url(text);
  if (packed === null) return broken("encoding");
  const bytes = await inflate(packed, MOST_BYTES);
  if (typeof bytes === "string") return broken(bytes);
  let document: Json;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Json;
  } catch {
    return broken("document");
  }
  const tree = treeOf(document);
  const { v, p, d, w, t, n } = tree as Readonly<Record<string, Json | undefined>>;
  if (typeof v !== "number") return broken("document");
  if (v !== VERSION) return broken("version");
  const reader = new Reader();
  const names = Object.keys(PRESETS);
  const preset = PRESETS[reader.field("p", p, (x) => names.includes(x as string), "xor")] ?? XOR;
  const written = applyDifference(preset as unknown as Json, treeOf(d));
  const settings = readSettings(written, preset, reader);
  const view = readView(applyDifference(VIEW as unknown as Json, treeOf(w)), VIEW, reader);
  const weights = n === undefined ? undefined : unpackWeights(n, reader);
  const opened = { settings, view, teacher: readTeacher(t, reader), ...(weights && { weights }) };
  return { opened, problems: reader.problems };
}

function readTeacher(value: Json | undefined, reader: Reader): TeacherSpec | null {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    reader.replaced("teacher", value, undefined);
    return null;
  }
  const { hide = [], lockSeed, goal } = treeOf(value);
  const listed: readonly Json[] = Array.isArray(hide) ? hide : [hide];
  const isControl = (name: Json) => HIDEABLE.includes(name as string);
  for (const name of listed.slice(0, 100)) {
    if (!isControl(name)) reader.replaced("teacher.hide", name, undefined);
  }
  return {
    hide: listed.filter(isControl) as string[],
    lockSeed: reader.field("teacher.lockSeed", lockSeed, (v) => typeof v === "boolean", false),
    goal: typeof goal === "string" ? goal.slice(0, 200) : null,
  };
}

function broken(reason: ProblemData["linkBroken"]["reason"]): Opened {
  return { opened: null, problems: [{ code: "linkBroken", data: { reason } }] };
}
