// The names in a file: those that were asked for, and numbers behind them where they are taken.

import type { AttributeFields, GraphFields, NodeFields } from "./writer.ts";

/**
 * A graph in which all is called by ids, under names for readers.
 * @param wanted the names of inputs, outputs and known tensors, by id; nodes ask by their own
 */
export function withNames(graph: GraphFields, wanted: ReadonlyMap<string, string>): GraphFields {
  const naming = new Naming(wanted);
  // What users address comes first, and keeps its name.
  for (const { name } of [...graph.input!, ...graph.output!])
    naming.name(name!, wanted.get(name!)!);
  for (const { name } of graph.initializer!) naming.name(name!, wanted.get(name!)!);
  return naming.graph(graph);
}

class Naming {
  readonly #wanted: ReadonlyMap<string, string>;
  readonly #names = new Map<string, string>([["", ""]]);
  readonly #taken = new Set<string>();

  constructor(wanted: ReadonlyMap<string, string>) {
    this.#wanted = wanted;
  }

  /** Gives an id its name, once. */
  name(id: string, wanted: string): void {
    if (!this.#names.has(id)) this.#names.set(id, this.#fresh(wanted));
  }

  graph(graph: GraphFields): GraphFields {
    for (const { name } of graph.input!) this.name(name!, this.#wanted.get(name!) ?? "in");
    const node = graph.node!.map((fields) => this.#node(fields as NodeFields));
    const renamed = <T extends { readonly name?: string }>(list: readonly T[] | undefined) =>
      (list ?? []).map((item) => ({ ...item, name: this.#names.get(item.name!)! }));
    return {
      ...graph,
      node,
      input: renamed(graph.input),
      output: renamed(graph.output),
      initializer: renamed(graph.initializer),
    };
  }

  #node(fields: NodeFields): NodeFields {
    const name = this.#fresh(fields.name!);
    const { length } = fields.output!;
    fields.output!.forEach((id, i) => {
      if (id !== "") this.name(id, `${name}_out${length > 1 ? i + 1 : ""}`);
    });
    return {
      ...fields,
      name,
      input: fields.input!.map((id) => this.#names.get(id)!),
      output: fields.output!.map((id) => this.#names.get(id)!),
      attribute: fields.attribute!.map((attribute) =>
        this.#attribute(attribute as AttributeFields),
      ),
    };
  }

  #attribute(fields: AttributeFields): AttributeFields {
    return fields.g ? { ...fields, g: this.graph(fields.g as GraphFields) } : fields;
  }

  #fresh(wanted: string): string {
    let name = wanted;
    for (let i = 2; this.#taken.has(name); i++) name = `${wanted}_${i}`;
    this.#taken.add(name);
    return name;
  }
}
