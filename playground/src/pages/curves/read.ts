// Checks of what a link says of a tab: a field that does not fit is as at first.

export type Fits = (value: unknown) => boolean;

/** The fields of `first`, each as it was found if it fits. */
export function fields<T extends object>(
  found: unknown,
  first: T,
  fits: { readonly [K in keyof T]: Fits },
): T {
  const given = (typeof found === "object" && found !== null ? found : {}) as Partial<T>;
  const read = (Object.keys(fits) as (keyof T)[]).map(
    (name) => [name, fits[name](given[name]) ? given[name] : first[name]] as const,
  );
  return Object.fromEntries(read) as T;
}

export const isNumber: Fits = (value) => Number.isFinite(value);
export const isFlag: Fits = (value) => typeof value === "boolean";
export const isText: Fits = (value) => typeof value === "string" && value.length <= 400;

export const oneOf =
  (all: readonly unknown[]): Fits =>
  (value) =>
    all.includes(value);

export const within =
  (least: number, most: number): Fits =>
  (value) =>
    typeof value === "number" && value >= least && value <= most;

export const listOf =
  (fits: Fits, least: number, most: number): Fits =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(fits);

export const orNull =
  (fits: Fits): Fits =>
  (value) =>
    value === null || fits(value);
