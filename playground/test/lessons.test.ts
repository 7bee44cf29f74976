/** Every lesson in a real browser: each step is predicted and solved by its own controls, and axe finds nothing. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Control,
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
  until,
} from "./browser.testing.ts";

const LOOKS = [
  { language: "en", theme: "light" },
  { language: "zh", theme: "dark" },
  { language: "en", theme: "dark" },
  { language: "zh", theme: "light" },
] as const;

describe.skipIf(!installed)("all lessons", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  // Each look has its share of the lessons, in one page.
  it.each(LOOKS.map((look, i) => [look.language, look.theme, look, i] as const))(
    "are predicted, solved and accessible: %s, %s",
    async (language, _theme, look, share) => {
      const opened = await playground.open("#/lessons", look);
      for (const id of LESSON_IDS.filter((_, i) => i % LOOKS.length === share)) {
        const [lesson, words] = [await loadLesson(id), await loadWords(id, language)];
        for (const [i, step] of lesson.steps.entries()) {
          await goTo(
            opened,
            `#/lesson/${id}/${i + 1}`,
            `nav.steps li:nth-child(${i + 1}) [aria-current]`,
          );
          await opened.page.waitForSelector("main h1");
          if (step.predict) await predict(opened, step.predict.kind);
          if (step.goal) await solve(opened, lesson, words, i);
        }
        expect(await opened.axe(), id).toEqual([]);
        const over = await opened.page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect(over, `${id} is wider than the screen`).toBeLessThanOrEqual(0);
      }
      expect(opened.faults).toEqual([]);
    },
    180_000,
  );
});

async function predict({ page }: Opened, kind: "choice" | "number" | "curve"): Promise<void> {
  const box = page.locator(".predict");
  if (kind === "choice") await box.getByRole("radio").first().check();
  if (kind === "number") await box.getByRole("textbox").fill("1");
  if (kind === "curve") {
    const picture = (await box.locator("svg").boundingBox())!;
    await page.mouse.click(picture.x + picture.width / 2, picture.y + picture.height / 2);
  }
  await box.locator("button.primary").click();
  await until(async () => (await box.locator(".verdict").textContent()) !== "", "a verdict");
}

/** By the controls that the step has, as a reader would. */
async function solve(
  { page }: Opened,
  lesson: Lesson,
  words: LessonText,
  i: number,
): Promise<void> {
  const step = lesson.steps[i]!;
  const controls = page.locator(".lesson-controls");
  for (const control of lesson.controls) {
    const value = step.solution![control.name]!;
    if (value === step.set[control.name]) continue;
    await move(controls, control, words.names[control.name]!, value);
  }
  const run = page.locator(".moves .step-buttons button.primary");
  if (lesson.isSlow) await run.click();
  await page.waitForSelector(".goal-bar.is-reached");
}

async function move(
  controls: ReturnType<Opened["page"]["locator"]>,
  control: Control,
  name: string,
  value: number | string,
): Promise<void> {
  if (control.kind === "choice") {
    await controls.getByLabel(name, { exact: true }).selectOption(String(value));
    return;
  }
  const field = controls.getByRole("textbox", { name, exact: true });
  await field.fill(String(value));
  await field.press("Enter");
}
