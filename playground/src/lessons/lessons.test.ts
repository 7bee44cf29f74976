/** Every lesson: its program runs, its solutions reach its goals, its starts do not, its words are complete. */
import { explainExpression } from "neurite/inspect/expression";
import { describe, expect, it } from "vitest";
import type { Answer, Values } from "../protocol/index.ts";
import { runJob } from "../worker/jobs/index.ts";
import {
  heightsOf,
  isReached,
  LESSON_IDS,
  type Lesson,
  type LessonStep,
  type LessonText,
  loadLesson,
  loadProgram,
  loadWords,
  rightChoice,
} from "./index.ts";

const PROGRAMS = import.meta.glob<{ run(values: Values): Answer | Promise<Answer> }>(
  "./*/program.ts",
);

const FORMULAS = import.meta.glob<{ formula: Readonly<Record<string, string>> }>(
  "../formulas/lessons/*.tex",
);

/** The names that a lesson's words are to have. */
function namesOf(lesson: Lesson): string[] {
  const views = [...lesson.views, ...lesson.steps.flatMap(({ views = [] }) => views)];
  return [
    ...lesson.controls.flatMap((control) =>
      control.kind === "choice" ? [control.name, ...control.options] : [control.name],
    ),
    ...views.flatMap((view) => {
      if (view.kind === "numbers") return view.of;
      if (view.kind === "surface") return [view.u, view.v];
      return view.kind === "curves" ? [...view.of, view.x, view.y] : [];
    }),
    ...lesson.steps.flatMap(({ predict, goal = [] }) => [
      ...goal.map(({ of }) => of),
      ...(predict && predict.kind !== "choice" ? [predict.of] : []),
    ]),
  ];
}

/** What the words of a lesson lack. */
function lacksOf(lesson: Lesson, words: LessonText): string[] {
  const has = (key: string) => key in words.names;
  const tables = [...lesson.views, ...lesson.steps.flatMap(({ views = [] }) => views)].flatMap(
    (view) => (view.kind === "table" ? [view.of] : []),
  );
  const choices = lesson.steps.flatMap(({ predict }) =>
    predict?.kind === "choice" ? Object.keys(predict.choices) : [],
  );
  return [
    ...namesOf(lesson).filter((name) => !has(name)),
    ...lesson.steps.filter(({ say }) => !words.says[say]).map(({ say }) => `says ${say}`),
    ...lesson.steps
      .filter(({ say, goal }) => goal && !words.goals?.[say])
      .map(({ say }) => `goal ${say}`),
    ...tables.filter((name) => !words.tables?.[name]).map((name) => `table ${name}`),
    ...choices.filter((key) => !words.choices?.[key]).map((key) => `choice ${key}`),
  ];
}

it("has a folder of four files for each lesson that is listed, and no other", async () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(
    [...LESSON_IDS].map((id) => `./${id}/program.ts`).sort(),
  );
  expect(new Set(LESSON_IDS).size).toBe(LESSON_IDS.length);
});

describe.each(LESSON_IDS)("the lesson %s", async (id) => {
  const lesson = await loadLesson(id);
  const program = await PROGRAMS[`./${id}/program.ts`]!();
  // Several tests look at the same answers.
  const answers = new Map<string, Answer | Promise<Answer>>();
  const run = (values: Values) => {
    const key = JSON.stringify(values);
    if (!answers.has(key)) answers.set(key, program.run(values));
    return answers.get(key)!;
  };
  const stepsWith = (what: keyof LessonStep) => lesson.steps.filter((step) => step[what]);

  it("is complete in both languages", async () => {
    const [en, zh] = [await loadWords(id, "en"), await loadWords(id, "zh")];
    expect(lesson.id).toBe(id);
    expect(lacksOf(lesson, en)).toEqual([]);
    expect(lacksOf(lesson, zh)).toEqual([]);
    for (const part of ["says", "names", "choices", "goals", "tables"] as const) {
      expect(Object.keys(zh[part] ?? {}).sort()).toEqual(Object.keys(en[part] ?? {}).sort());
    }
    expect(zh.remark === undefined).toBe(en.remark === undefined);
    expect(zh.spoken === undefined).toBe(en.spoken === undefined);
    expect(zh.title).toMatch(/[\u4e00-\u9fff]/);
    for (const says of Object.values(zh.says)) expect(says).toMatch(/[\u4e00-\u9fff]/);
  });

  it("has a formula, whose places for numbers are numbers of its program, and says it in words", async () => {
    const { formula } = await FORMULAS[`../formulas/lessons/${id}.tex`]!();
    const { numbers } = await run(lesson.steps[0]!.set);
    for (const html of Object.values(formula)) {
      for (const [, name] of html.matchAll(/data-slot="([^"]+)"/g))
        expect(numbers).toHaveProperty([name!]);
    }
    expect((await loadWords(id, "en")).spoken).toMatch(/\w/);
  });

  it("asks first, and ends with something to reach", () => {
    expect(lesson.steps[0]!.predict).toBeDefined();
    expect(stepsWith("goal").length).toBeGreaterThan(0);
    for (const step of stepsWith("goal")) expect(step.solution).toBeDefined();
    expect(new Set(lesson.steps.map(({ say }) => say)).size).toBe(lesson.steps.length);
  });

  it("begins every step within its controls, and shows what its program gives", async () => {
    for (const step of lesson.steps) {
      for (const values of [step.set, step.solution ?? step.set]) {
        expect(Object.keys(values).sort()).toEqual(lesson.controls.map(({ name }) => name).sort());
        for (const control of lesson.controls) {
          const value = values[control.name]!;
          if (control.kind === "choice") expect(control.options).toContain(value);
          else {
            expect(value).toBeGreaterThanOrEqual(control.min);
            expect(value).toBeLessThanOrEqual(control.max);
          }
        }
      }
      const answer = await run(step.set);
      for (const view of step.views ?? lesson.views) {
        if (view.kind === "numbers") {
          for (const name of view.of) expect(answer.numbers).toHaveProperty(name);
        }
        if (view.kind === "curves") {
          for (const name of view.of) expect(answer.curves).toHaveProperty(name);
        }
        if (view.kind === "table") {
          const { columns, rows } = (await loadWords(id, "zh")).tables![view.of]!;
          const table = answer.tables![view.of]!;
          for (const row of table) expect(row).toHaveLength(columns.length);
          if (rows) expect(table).toHaveLength(rows.length);
        }
        if (view.kind === "net") expect(answer.net).toBeDefined();
        if (view.kind === "plane") expect(answer.plane).toBeDefined();
        if (view.kind === "graph") {
          const { text, at } = answer.graphs![view.of]!;
          const { forward, reverse } = explainExpression(text, at);
          const passes = [...forward, ...reverse].map(({ mode, of }) => `${mode} ${of}`);
          if (view.pass) expect(passes).toContain(view.pass);
        }
        if (view.kind === "surface") {
          const { of, u, v } = answer.surface!;
          const { surface } = await runJob("landscape", { of, surface: { u, v, count: 3 } }, null);
          expect(surface!.notFinite).toBe(0);
        }
      }
    }
  });

  it("has one right answer to each prediction", async () => {
    for (const { predict, set } of stepsWith("predict")) {
      const answer = await run(set);
      if (predict!.kind === "choice") {
        const right = Object.keys(predict!.choices).filter((key) =>
          rightChoice({ kind: "choice", choices: { [key]: predict!.choices[key]! } }, answer),
        );
        expect(right).toHaveLength(1);
      } else if (predict!.kind === "number") {
        expect(answer.numbers[predict!.of]).toBeTypeOf("number");
      } else {
        for (const y of heightsOf(predict!, answer)) {
          expect(y).toBeGreaterThanOrEqual(predict!.range[0]);
          expect(y).toBeLessThanOrEqual(predict!.range[1]);
        }
      }
    }
  });

  it("is solved by its solutions, and not where it begins", async () => {
    for (const { goal, set, solution } of stepsWith("goal")) {
      expect(isReached(goal!, await run(set))).toBe(false);
      expect(isReached(goal!, await run(solution!))).toBe(true);
    }
  });

  it("has a program that stands by itself: it imports the library alone", async () => {
    const source = await loadProgram(id);
    const from = [...source.matchAll(/\bfrom\s+"([^"]+)"/g)].map(([, name]) => name);
    expect(from.length).toBeGreaterThan(0);
    expect(from.filter((name) => !/^neurite(\/[\w-]+)*$/.test(name!))).toEqual([]);
    expect(source).toMatch(/^export (async )?function run\(/m);
  });
});
