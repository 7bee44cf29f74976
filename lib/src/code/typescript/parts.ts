// What printed programs are put together from: the names they import, and values.

/** Names to import, by module. */
export class Imports {
  readonly #names = new Map<string, Set<string>>();

  use(module: string, name: string): string {
    const names = this.#names.get(module) ?? new Set();
    this.#names.set(module, names.add(name));
    return name;
  }

  print(): string[] {
    return [...this.#names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, names]) => `import { ${[...names].sort().join(", ")} } from "${module}";`);
  }
}

/** A value as TypeScript writes it. */
export function showLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(showLiteral).join(", ")}]`;
  if (typeof value !== "object" || value === null) {
    return value === 1 / 255 ? "1 / 255" : JSON.stringify(value);
  }
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(
      ([name, field]) =>
        `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${showLiteral(field)}`,
    );
  return `{ ${fields.join(", ")} }`;
}
