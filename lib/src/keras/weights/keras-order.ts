// The order in which Keras lists the layers of a functional model, whichever way they were written down.

interface Node {
  readonly name: string;
  readonly reads: readonly string[];
}

/**
 * By how far a layer is from the outputs, the furthest first; at the same distance in the order in which they are met on the
 * way back from the outputs (map_graph of Keras 2 and 3). Layers of one class are numbered so in files of weights.
 * @param nodes each after those that it reads
 */
export function inKerasOrder<N extends Node>(nodes: readonly N[], outputs: readonly string[]): N[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const met = new Map<string, number>();
  const open = [...outputs].reverse();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (met.has(name)) continue;
    met.set(name, met.size);
    open.push(...[...(byName.get(name)?.reads ?? [])].reverse());
  }
  const distances = new Map<string, number>();
  for (const { name, reads } of [...nodes].reverse()) {
    const own = distances.get(name) ?? 0;
    distances.set(name, own);
    for (const read of reads) distances.set(read, Math.max(own + 1, distances.get(read) ?? 0));
  }
  return [...nodes].sort(
    (a, b) =>
      distances.get(b.name)! - distances.get(a.name)! || met.get(a.name)! - met.get(b.name)!,
  );
}
