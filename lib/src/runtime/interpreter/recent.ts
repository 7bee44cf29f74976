// A table of bounded size for each owner, as an engine: what was least recently asked for goes first.

export class Recent<T> {
  readonly #limit: number;
  readonly #tables = new WeakMap<object, Map<string, T>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What the owner's table has under the key, else what `make` gives, kept from then on. */
  get(owner: object, key: string, make: () => T): T {
    let table = this.#tables.get(owner);
    if (!table) {
      table = new Map<string, T>();
      this.#tables.set(owner, table);
    }
    let found = table.get(key);
    if (found === undefined) found = make();
    else table.delete(key); // to set it again as the newest
    table.set(key, found);
    if (table.size > this.#limit) table.delete(table.keys().next().value!);
    return found;
  }
}
