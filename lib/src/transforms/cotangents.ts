// The cotangents that meet in each value of a graph, and their sums.

import { GradientError } from "../checks/errors.ts";
import type { Node, Value } from "../ir/graph.ts";
import { sameType, showType } from "../ir/type.ts";
import { graphBuilder } from "../ops/builder.ts";
import { addTangents, type Tangent } from "../ops/define.ts";

export class Cotangents {
  readonly #terms = new Map<Value, Value[]>();
  readonly #paths = new Map<Value, string | undefined>();

  /** @param path of what the cotangent comes from, which a sum takes over */
  add(value: Value, ct: Tangent, path?: string): void {
    if (!ct) return;
    if (!sameType(value.type, ct.type)) {
      throw new GradientError(
        `a cotangent ${showType(ct.type)} arrives at a value ${showType(value.type)}`,
      );
    }
    const terms = this.#terms.get(value);
    if (terms) terms.push(ct);
    else this.#terms.set(value, [ct]);
    this.#paths.set(value, path);
  }

  /** The sum of all that have arrived, or null. */
  of(value: Value): Tangent {
    const terms = this.#terms.get(value) ?? [];
    if (terms.length <= 1) return terms[0] ?? null;
    const sum = sumOf(terms, this.#paths.get(value));
    this.#terms.set(value, [sum]);
    return sum;
  }

  get values(): Iterable<Value> {
    return this.#terms.keys();
  }
}

function sumOf(terms: readonly Value[], path: string | undefined): Value {
  const o = graphBuilder({ path });
  const joined = joinSlices(terms, path);
  return (joined ? [joined] : terms).reduce<Tangent>(
    (sum, term) => addTangents(o, sum, term),
    null,
  )!;
}

/** A cotangent that is zero but for a slice along one axis. */
interface Piece {
  readonly inner: Value;
  readonly axis: number;
  readonly low: number;
}

/** Cotangents of slices that cover an axis side by side, as gates do, are joined and not added. */
function joinSlices(terms: readonly Value[], path: string | undefined): Value | null {
  const pieces = terms.map(pieceOf);
  const axis = pieces[0]?.axis;
  const sorted: Piece[] = [];
  for (const piece of pieces) {
    if (!piece || piece.axis !== axis) return null;
    sorted.push(piece);
  }
  sorted.sort((a, b) => a.low - b.low);
  let end = 0;
  for (const { inner, low } of sorted) {
    if (low !== end) return null;
    end += inner.type.shape[axis!]!;
  }
  if (end !== terms[0]!.type.shape[axis!]) return null;
  return graphBuilder({ path }).concat(...sorted.map(({ inner }) => inner), { axis: axis! });
}

function pieceOf({ node, type }: Value): Piece | null {
  if (node?.op !== "pad") return null;
  const { params, inputs } = node as Node<"pad">;
  const { low, interior } = params;
  const { shape } = inputs[0]!.type;
  const padded = type.shape.flatMap((length, axis) => (length === shape[axis] ? [] : [axis]));
  const [axis] = padded;
  if (axis === undefined || padded.length > 1 || interior.some((gap) => gap > 0)) return null;
  return { inner: inputs[0]!, axis, low: low[axis]! };
}
