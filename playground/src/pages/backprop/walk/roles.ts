// Which part of a layered network an operation belongs to, read off its names: z or net is a net input, a or out an
// activation, what comes behind the last of them the cost. And which of BP1 to BP4 acts where a derivative flows.

import type { Graph, Stop } from "./walk.ts";

export type Part = "netInput" | "activation" | "cost";

export interface Role {
  readonly part: Part;
  readonly layer: number;
}

export interface Layer {
  /** Names of net inputs (none where these are inputs of the graph), and of activations. */
  readonly z: readonly string[];
  readonly a: readonly string[];
  readonly weights: readonly string[];
  readonly biases: readonly string[];
}

export interface Layered {
  readonly roles: ReadonlyMap<string, Role>;
  readonly layers: readonly Layer[];
}

export type Equation = "bp1" | "bp2" | "bp3" | "bp4";

export const EQUATIONS: readonly Equation[] = ["bp1", "bp2", "bp3", "bp4"];

const NET_INPUT = /^(z|net)/;
const ACTIVATION = /^(a|out)(\d|_|$)/;
const WEIGHT = /^w/;
const BIAS = /^b/;

/** Null where names do not speak of layers. */
export function layeredOf({ operations, outputs, inputs }: Graph): Layered | null {
  if (outputs.length !== 1) return null;
  const roles = new Map<string, Role>();
  const depth = new Map<string, number>();
  let pending: string[] = [];
  for (const { name, operands } of operations) {
    const below = Math.max(0, ...operands.map((operand) => depth.get(operand.name) ?? 0));
    const isNet = NET_INPUT.test(name);
    depth.set(name, isNet ? below + 1 : below);
    pending.push(name);
    if (!isNet && !ACTIVATION.test(name)) continue;
    const layer = isNet ? below + 1 : Math.max(below, 1);
    if (!isNet) depth.set(name, layer);
    for (const part of pending) roles.set(part, { part: isNet ? "netInput" : "activation", layer });
    pending = [];
  }
  const last = Math.max(0, ...[...roles.values()].map(({ layer }) => layer));
  const hasActivation = [...roles.values()].some(({ part }) => part === "activation");
  if (!hasActivation || pending.length === 0) return null;
  for (const name of pending) roles.set(name, { part: "cost", layer: last });
  const known = new Set(inputs.map(({ name }) => name));
  const layers = Array.from({ length: last }, (_, i): Layer => {
    const own = (part: Part) =>
      operations.filter(({ name }) => {
        const role = roles.get(name);
        return role?.part === part && role.layer === i + 1;
      });
    const read = own("netInput")
      .flatMap(({ operands }) => operands.map(({ name }) => name))
      .filter((name) => known.has(name));
    return {
      z: own("netInput").flatMap(({ name }) => (NET_INPUT.test(name) ? [name] : [])),
      a: own("activation").flatMap(({ name }) => (ACTIVATION.test(name) ? [name] : [])),
      weights: [...new Set(read.filter((name) => WEIGHT.test(name)))],
      biases: [...new Set(read.filter((name) => BIAS.test(name)))],
    };
  });
  return { roles, layers };
}

/** The equations that act in one move of a backward pass. */
export function equationsAt({ roles, layers }: Layered, stop: Stop): readonly Equation[] {
  if (stop.kind !== "move") return [];
  const role = roles.get(stop.operation.name);
  if (!role) return [];
  if (role.part === "cost") return ["bp1"];
  if (role.part === "activation") return [role.layer === layers.length ? "bp1" : "bp2"];
  const found = stop.operation.operands.flatMap(({ name, kind }): Equation[] => {
    if (kind === "input" && WEIGHT.test(name)) return ["bp4"];
    if (kind === "input" && BIAS.test(name)) return ["bp3"];
    return roles.get(name)?.part === "activation" ? ["bp2"] : [];
  });
  return EQUATIONS.filter((equation) => found.includes(equation));
}
