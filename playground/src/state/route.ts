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
  /** Of a lesson. */
  readonly id?: string;
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

function routeOf([first, second, ...rest]: readonly string[]): Route {
  if (first === undefined) return { page: "start" };
  if (rest.length > 0) return { page: "missing" };
  if (first === "lesson" && second) return { page: "lesson", id: decoded(second) };
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
export function hashOf({ page, id }: Route, query = ""): string {
  const path = page === "start" ? "" : [page, ...(id ? [encodeURIComponent(id)] : [])].join("/");
  return `#/${path}${query === "" ? "" : `?${query}`}`;
}
