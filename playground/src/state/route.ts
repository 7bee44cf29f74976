// Addresses: `#/lesson/xor-net?s=...` and what page they mean.

/** The pages, in the order of the navigation. */
export type PageName =
  | "start"
  | "lessons"
  | "network"
  | "backprop"
  | "curves"
  | "map"
  | "lesson"
  | "missing";

export interface Route {
  readonly page: PageName;
  /** Of a lesson; a tab of curves. */
  readonly id?: string;
  /** Of a lesson, from 1; the first if not given. */
  readonly step?: number;
}

const PAGES: readonly PageName[] = ["lessons", "network", "backprop", "curves", "map"];

/** Page and query of a hash. An unknown one means the page that says so. */
export function parseHash(hash: string): {
  readonly route: Route;
  readonly query: URLSearchParams;
} {
  const [path = "", search = ""] = hash.replace(/^#?\/?/, "").split(/\?(.*)/s);
  return { route: routeOf(path.split("/").filter(Boolean)), query: new URLSearchParams(search) };
}

function routeOf([first, second, third, ...rest]: readonly string[]): Route {
  if (first === undefined) return { page: "start" };
  if (first === "lesson" && second && rest.length === 0) {
    if (third === undefined) return { page: "lesson", id: decoded(second) };
    const isStep = /^[1-9]\d?$/.test(third);
    return isStep
      ? { page: "lesson", id: decoded(second), step: Number(third) }
      : { page: "missing" };
  }
  if (first === "curves" && second && third === undefined)
    return { page: "curves", id: decoded(second) };
  const page = PAGES.find((name) => name === first);
  return page && second === undefined ? { page } : { page: "missing" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a page, as in `href`. */
export function hashOf({ page, id, step }: Route, query = ""): string {
  const more = id ? [encodeURIComponent(id), ...(step ? [String(step)] : [])] : [];
  const path = page === "start" ? "" : [page, ...more].join("/");
  return `#/${path}${query === "" ? "" : `?${query}`}`;
}
