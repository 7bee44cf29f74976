// Values as JSON has them: what they are, how deep, and how messages show them.

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as messages show it: short lists in full, everything longer in a few words. */
export function showJson(value: unknown, inside = false): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  if (Array.isArray(value)) {
    if (inside || value.length > 8) return `a list of ${value.length}`;
    return `[${value.map((item) => showJson(item, true)).join(", ")}]`;
  }
  if (value === undefined) return "nothing";
  return isRecord(value) ? "an object" : String(value);
}

/** Deeper than any file of ours goes, and far from where a reader that calls itself would run out of stack. */
export const DEEPEST = 100;

/** True for a value that nests deeper than files may, or contains itself. */
export function isDeep(value: unknown): boolean {
  const seen = new Map<unknown, number>();
  const open: [unknown, number][] = [[value, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [here, depth] = next;
    if (typeof here !== "object" || here === null || (seen.get(here) ?? -1) >= depth) continue;
    if (depth >= DEEPEST) return true;
    seen.set(here, depth);
    for (const inside of Object.values(here)) open.push([inside, depth + 1]);
  }
  return false;
}
