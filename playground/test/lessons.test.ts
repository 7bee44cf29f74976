/** Every lesson in a real browser: each step is predicted and solved by its own controls, and axe finds nothing. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  LESSON_IDS,
  type Lesson,
  type LessonText,
  loadLesson,
  loadWords,
} from "../src/lessons/index.ts";
import {
  goTo,
  installed,
  type Opened,
  type Playground,
  startPlayground,
} from "./browser.testing.ts";
import { type Look, wear } from "./look.testing.ts";

const LOOKS = [
  { language: "en", theme: "light", width: 1280 },
  { language: "zh", theme: "dark", width: 1280 },
  { language: "en", theme: "dark", width: 1280 },
  { language: "zh", theme: "light", width: 1280 },
] as const;

describe.skipIf(!installed)("all lessons", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it("are predicted, solved and accessible", async () => {
    const opened = await playground.open("#/lessons", LOOKS[0]);
    for (const [share, look] of LOOKS.entries()) {
      // Each look has its share of the lessons.
      await goTo(opened, "#/lessons", ".cards .card");
      await wear(opened, look);
      for (const id of LESSON_IDS.filter((_, i) => i % LOOKS.length === share)) {
        await goThrough(opened, id, look.language);
        expect(await opened.axe(), id).toEqual([]);
        const over = await opened.page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect(over, `${id} is wider than the screen`).toBeLessThanOrEqual(0);
      }
    }
    expect(opened.faults).toEqual([]);
  }, 600_000);
});

async function goThrough(opened: Opened, id: string, language: Look["language"]): Promise<void> {
  const [lesson, words] = [await loadLesson(id), await loadWords(id, language)];
  for (const [i, step] of lesson.steps.entries()) {
    const isCurrent = `nav.steps li:nth-child(${i + 1}) [aria-current]`;
    await goTo(opened, `#/lesson/${id}/${i + 1}`, `${isCurrent}[href^="#/lesson/${id}/"]`);
    await opened.page.waitForSelector("main h1");
    if (step.predict) await predict(opened, step.predict.kind);
    if (step.goal) await solve(opened, lesson, words, i);
  }
}

async function predict({ page }: Opened, kind: "choice" | "number" | "curve"): Promise<void> {
  const box = ".predict";
  if (kind === "choice") await use({ page }, box, [{ click: "input[type=radio]" }]);
  if (kind === "number") await use({ page }, box, [{ field: "input", value: "1" }]);
  if (kind === "curve") {
    const picture = (await page.locator(`${box} svg`).boundingBox())!;
    await page.mouse.click(picture.x + picture.width / 2, picture.y + picture.height / 2);
  }
  await use({ page }, box, [{ click: "button.primary" }]);
  await page.waitForSelector(`${box} .verdict:not(:empty)`);
}

/** By the controls that the step has, as a reader would. */
async function solve(
  { page }: Opened,
  lesson: Lesson,
  words: LessonText,
  i: number,
): Promise<void> {
  const step = lesson.steps[i]!;
  const moved = lesson.controls.filter(({ name }) => step.solution![name] !== step.set[name]);
  const moves = moved.map(({ name }) => ({
    field: "input[type=text], select",
    label: words.names[name]!,
    value: String(step.solution![name]!),
  }));
  await use({ page }, ".lesson-controls", moves);
  if (lesson.isSlow) await use({ page }, ".moves .step-buttons", [{ click: "button.primary" }]);
  await page.waitForSelector(".goal-bar.is-reached");
}

/** What is clicked, or what is written into a field or chosen, by its label if it has to have one. */
type Use =
  | { readonly click: string }
  | { readonly field: string; readonly label?: string; readonly value: string };

/**
 * Uses what can be seen and is not locked in a part of the page, one after the other. From within: with real keys and
 * a real pointer, which other tests have, hundreds of uses cost three times as much.
 */
async function use({ page }: Pick<Opened, "page">, part: string, uses: readonly Use[]) {
  await page.waitForSelector(part);
  await page.evaluate(
    async ([within, all]) => {
      const isLabelled = (element: Element, label: string | undefined) =>
        label === undefined ||
        [...((element as HTMLInputElement).labels ?? [])].some(
          (one) => one.textContent!.trim() === label,
        );
      const findAll = (one: Use) => [
        ...document.querySelectorAll<HTMLElement>(
          ("click" in one ? one.click : one.field).replaceAll(/[^,]+/g, `${within} $&`),
        ),
      ];
      for (const one of all) {
        const label = "click" in one ? undefined : one.label;
        const find = () =>
          findAll(one).find(
            (element) =>
              isLabelled(element, label) &&
              !element.matches(":disabled") &&
              element.checkVisibility(),
          );
        const end = Date.now() + 30_000;
        // What is used before may unlock it.
        while (!find() && Date.now() < end) await new Promise((done) => setTimeout(done, 20));
        const element = find();
        if (!element) throw new Error(`nothing to use: ${JSON.stringify(one)}`);
        if ("click" in one) {
          element.click();
        } else {
          const input = element as HTMLInputElement | HTMLSelectElement;
          input.value = one.value;
          if (input.value !== one.value) throw new Error(`no choice: ${JSON.stringify(one)}`);
          const type = input instanceof HTMLSelectElement ? "change" : "input";
          input.dispatchEvent(new Event(type, { bubbles: true }));
          await new Promise((done) => setTimeout(done));
          input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        }
        // Drawn before the next is used.
        await new Promise((done) => setTimeout(done));
      }
    },
    [part, uses] as const,
  );
}
