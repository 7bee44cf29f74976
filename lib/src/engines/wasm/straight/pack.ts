// Vectors of which half or less is needed, put together: the same instruction on two or four of them is one.
// So the examples of a minibatch come to lie along the lanes where a layer has one unit, or two.

import { type Demand, demandOf, isByWords } from "./demand.ts";
import type { Pass, PassStore } from "./pass.ts";
import type { PassCheck } from "./trace.ts";
import { type PassValue, PassValues } from "./values.ts";
import { isUniform, madeOf, type Word, wordOf, wordsIn } from "./words.ts";

/** The same pass with fewer instructions, or the pass itself. */
export function packed(pass: Pass): Pass {
  const demand = demandOf(pass);
  return new Packing(pass, demand, groupsOf(pass, demand)).pass();
}

/** Members of a group, each with the words that are needed of it, in the order of the lanes. */
interface Group {
  readonly members: readonly PassValue[];
  readonly lanes: readonly { readonly of: PassValue; readonly at: number }[];
}

/** PassValues that differ in nothing but in what they begin with are told apart no deeper than this. */
const DEPTH = 5;

/** What could be one instruction: values as far from the start that were made the same way. */
function groupsOf({ values }: Pass, demand: Demand): Map<PassValue, Group> {
  const levels = new Map<PassValue, number>();
  const alike = new Map<string, PassValue[]>();
  const names = new Names();
  for (const value of values.all) {
    const words = demand.get(value);
    if (words === undefined) continue;
    const below = Math.max(-1, ...value.args.map((arg) => levels.get(arg) ?? -1));
    levels.set(value, below + 1);
    const count = countOf(words);
    if (!isByWords(value) || count > 2) continue;
    const name = `${below} ${count} ${names.of(value, DEPTH)}`;
    const same = alike.get(name);
    if (same) same.push(value);
    else alike.set(name, [value]);
  }
  const groups = new Map<PassValue, Group>();
  for (const members of alike.values()) {
    const most = 4 / countOf(demand.get(members[0]!)!);
    for (let at = 0; at < members.length; at += most) {
      const group = groupOf(members.slice(at, at + most), demand);
      if (group.members.length > 1) for (const member of group.members) groups.set(member, group);
    }
  }
  return groups;
}

function groupOf(members: readonly PassValue[], demand: Demand): Group {
  const lanes = members.flatMap((of) =>
    [0, 1, 2, 3].flatMap((at) => ((demand.get(of)! >> at) & 1 ? [{ of, at }] : [])),
  );
  return { members, lanes };
}

const countOf = (words: number): number => [0, 1, 2, 3].filter((at) => (words >> at) & 1).length;

/** How values were made, to some depth, as a number. */
class Names {
  /** By depth. */
  readonly #known = Array.from({ length: DEPTH + 1 }, () => new Map<PassValue, number>());
  readonly #numbers = new Map<string, number>();

  of(value: PassValue, depth: number): number {
    const known = this.#known[depth]!;
    let name = known.get(value);
    if (name === undefined) {
      name = this.#numberOf(this.#made(value, depth));
      known.set(value, name);
    }
    return name;
  }

  #numberOf(made: string): number {
    const known = this.#numbers.get(made) ?? this.#numbers.size;
    this.#numbers.set(made, known);
    return known;
  }

  #made({ what, args, type }: PassValue, depth: number): string {
    if (what.kind === "number") return `${what.value}`;
    if (what.kind === "words") return what.words.join(",");
    // What only moves words is made anew as it is needed.
    if (what.kind !== "op" || MOVES.test(what.op)) return type;
    if (depth === 0) return what.op;
    return `${what.op} ${args.map((arg) => this.of(arg, depth - 1)).join(" ")}`;
  }
}

const MOVES = /shuffle|splat|lane/;

class Packing {
  readonly #values: PassValues;
  readonly #old: Pass;
  readonly #demand: Demand;
  readonly #groups: ReadonlyMap<PassValue, Group>;
  /** The words of what was made so far. */
  readonly #words = new Map<PassValue, readonly Word[]>();
  readonly #checks: PassCheck[] = [];
  #checked = 0;

  constructor(old: Pass, demand: Demand, groups: ReadonlyMap<PassValue, Group>) {
    this.#old = old;
    this.#demand = demand;
    this.#groups = groups;
    this.#values = new PassValues();
  }

  pass(): Pass {
    const { values, stores, carried } = this.#old;
    for (const value of values.all) {
      this.#checkUpTo(value.id);
      if (this.#demand.has(value)) this.#make(value);
    }
    this.#checkUpTo(Number.POSITIVE_INFINITY);
    const word = (old: Word) => this.#word(old);
    return {
      values: this.#values,
      checks: this.#checks,
      stores: stores.map(
        (store): PassStore => ({
          ...store,
          words: store.words.map((old) => word(old) as Exclude<Word, null>),
          byte: store.byte && this.#whole(store.byte),
        }),
      ),
      carried: carried.flatMap(({ value, words }) => {
        const demanded = this.#demand.get(value);
        if (!demanded) return [];
        // One word in all lanes is taken from whichever lane is at hand.
        const wanted = isUniform(value) ? 15 : demanded;
        const needed = words.map((old, at) => ((wanted >> at) & 1 ? word(old) : null));
        return [{ value: this.#whole(value), words: needed }];
      }),
    };
  }

  /** Makes the checks that come before a value of the old pass. */
  #checkUpTo(id: number): void {
    const { checks } = this.#old;
    while (this.#checked < checks.length && checks[this.#checked]!.before <= id) {
      const { condition, target, args } = checks[this.#checked++]!;
      const [test, ...given] = [condition, ...args].map((value) => this.#whole(value));
      const before = this.#values.all.length;
      this.#checks.push({ condition: test!, target, args: given, before });
    }
  }

  #word(word: Word): Word {
    if (word === null || "bits" in word) return word;
    return this.#make(word.of)[word.at]!;
  }

  /** A value as one, where all of it is needed. */
  #whole(value: PassValue): PassValue {
    return madeOf(this.#values, value.type, this.#make(value));
  }

  #make(value: PassValue): readonly Word[] {
    const known = this.#words.get(value);
    if (known) return known;
    const group = this.#groups.get(value);
    if (group) this.#makeGroup(group);
    else {
      const made = this.#made(value);
      this.#words.set(value, wordsIn(made));
    }
    return this.#words.get(value)!;
  }

  #made(value: PassValue): PassValue {
    const { what, type, args } = value;
    const values = this.#values;
    switch (what.kind) {
      case "number":
        return values.number(type as "i32", what.value);
      case "words":
        return values.words(what.words);
      case "load": {
        if (args.length > 0) this.#checkUpTo(value.id);
        const [at] = args.map((arg) => this.#whole(arg));
        return values.load(what.op, type, at ?? null, what.offset);
      }
      case "call":
        return values.call(
          what.target,
          args.map((arg) => this.#whole(arg)),
        );
      case "select": {
        const [a, b, condition] = args.map((arg) => this.#whole(arg));
        return values.select(a!, b!, condition!);
      }
      case "op": {
        const given = args.map((arg) => this.#needed(value, arg));
        return values.op(what.op, type, given, what.lanes);
      }
    }
  }

  /** An operand with what is needed of it. */
  #needed(value: PassValue, arg: PassValue): PassValue {
    const words = this.#make(arg);
    const wanted = isByWords(value) ? this.#demand.get(value)! : this.#demand.get(arg)!;
    const needed = words.map((word, at) =>
      (wanted >> at) & 1 || arg.type !== "v128" ? word : null,
    );
    return madeOf(this.#values, arg.type, needed);
  }

  #makeGroup({ members, lanes }: Group): void {
    const values = this.#values;
    const [first] = members;
    const args = first!.args.map((arg, i) => {
      if (arg.type !== "v128") return this.#whole(arg);
      const words = lanes.map(({ of, at }) => this.#make(of.args[i]!)[at]!);
      return madeOf(values, "v128", [...words, ...Array(4 - words.length).fill(null)]);
    });
    const { what } = first! as { what: Extract<PassValue["what"], { kind: "op" }> };
    const made = values.op(what.op, "v128", args, what.lanes);
    for (const member of members) {
      const words: Word[] = [null, null, null, null];
      lanes.forEach(({ of, at }, lane) => {
        if (of === member) words[at] = wordOf(made, lane);
      });
      this.#words.set(member, words);
    }
  }
}
