// What a public function takes, place by place: checked against its arguments as they came.

import { type Kind, show, unfit } from "./arguments.ts";
import { ArgumentError } from "./errors.ts";

/** A kind for every parameter: one too few or too many is a compile error. */
type KindsOf<F> = F extends (...args: infer P extends unknown[]) => unknown
  ? { [I in keyof P]-?: Kind }
  : never[];

/** Checks the arguments of one call. @throws ArgumentError */
export type Signature = (args: ArrayLike<unknown>) => void;

/**
 * The check of a function's arguments, `arguments` itself, since only that shows those too many.
 * @param text the call as errors show it: "sort(x, axis?, descending?)", "einsum(equation, ...operands)",
 * "uniform(key, shape, { low, high })" with the names of options
 */
export function signature<F>(text: string, ...kinds: KindsOf<F>): Signature {
  const parameters = (kinds as readonly Kind[]).map((kind, i) => read(text, kind, i));
  const required = parameters.filter(({ isOptional }) => !isOptional).length;
  const last = parameters.at(-1);
  const most = last?.isRest ? Number.POSITIVE_INFINITY : parameters.length;
  return (args) => {
    for (let i = 0; i < parameters.length; i++) {
      const value = args[i];
      if (value === undefined && i >= required) continue;
      if (!parameters[i]!.kind.fits(value)) throw wrong(text, parameters, args, i);
    }
    if (args.length > parameters.length) checkMore(args);
  };

  function checkMore(args: ArrayLike<unknown>): void {
    if (args.length > most && !isOfMap(args, most)) throw tooMany(text, args, most);
    if (!last?.isRest) return;
    for (let i = parameters.length; i < args.length; i++) {
      if (!last.kind.fits(args[i]))
        throw unfit(nameOf(text), `${last.name} ${i}`, args[i], last.kind);
    }
  }
}

interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  readonly isOptional: boolean;
  /** It stands for all arguments from here on. */
  readonly isRest: boolean;
}

function read(text: string, kind: Kind, place: number): Parameter {
  const written = text.slice(text.indexOf("(") + 1, -1).split(/, (?![^{]*\})/)[place]!;
  const isRest = written.startsWith("...");
  const isOptions = written.startsWith("{");
  const name = isOptions ? "options" : written.replaceAll(/^\.\.\.|\?$/g, "");
  return { name, kind, isRest, isOptional: isRest || isOptions || written.endsWith("?") };
}

function nameOf(text: string): string {
  return text.slice(0, text.indexOf("("));
}

/** `list.map(exp)` hands over a place and the list too, which a function of one argument may ignore. */
function isOfMap(args: ArrayLike<unknown>, most: number): boolean {
  return most === 1 && args.length === 3 && typeof args[1] === "number" && Array.isArray(args[2]);
}

function tooMany(text: string, args: ArrayLike<unknown>, most: number): ArgumentError {
  const expected = most === 1 ? "one argument" : `at most ${most} arguments`;
  return new ArgumentError(
    `${nameOf(text)}: expected ${expected}, received ${show(args[most])} as well. Write ${text}.`,
  );
}

function wrong(
  text: string,
  parameters: readonly Parameter[],
  args: ArrayLike<unknown>,
  place: number,
): ArgumentError {
  const { name, kind } = parameters[place]!;
  const value = args[place];
  const hint = listed(text, parameters, args, place) ?? kind.hint?.(value) ?? whole(text, value);
  return unfit(nameOf(text), name, value, kind, hint);
}

/** `Write zeros([2, 3])` for zeros(2, 3): what should have been a list came one by one. */
function listed(
  text: string,
  parameters: readonly Parameter[],
  args: ArrayLike<unknown>,
  place: number,
): string | undefined {
  const { member } = parameters[place]!.kind;
  const rest = Array.from(args).slice(place);
  const end = rest.findIndex((arg) => !member?.fits(arg));
  const members = end < 0 ? rest : rest.slice(0, end);
  if (members.length === 0) return undefined;
  const before = parameters.slice(0, place).map((parameter) => parameter.name);
  const items = members.map((item, i) => (typeof item === "number" ? item : "abcdefgh"[i % 8]!));
  return `Write ${nameOf(text)}(${[...before, `[${items.join(", ")}]`].join(", ")})`;
}

/** For an argument that is missing, or named as in Python where this function takes it by place. */
function whole(text: string, value: unknown): string | undefined {
  const isPlain = typeof value === "object" && value !== null && value.constructor === Object;
  return isPlain || value === undefined ? `Write ${text}` : undefined;
}
