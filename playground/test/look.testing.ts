/** The looks of pages: languages, themes and widths, changed while a page is open. */
import type { Opened } from "./browser.testing.ts";

export interface Look {
  readonly language: "en" | "zh";
  readonly theme: "light" | "dark";
  readonly width: number;
}

/** Changes what is open by the header's own controls: the page stays, which is cheaper than to load it again. */
export async function wear({ page }: Opened, look: Look): Promise<void> {
  await page.setViewportSize({ width: look.width, height: 900 });
  await page.evaluate(({ language, theme }) => {
    const choice = document.querySelector<HTMLSelectElement>("header [data-what=theme] select")!;
    choice.value = theme;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    const button = document.querySelector<HTMLElement>("header button.language")!;
    // The button is in the language that it leads to.
    if (button.lang === language) button.click();
  }, look);
  await page.waitForFunction(
    ({ language, theme, width }) => {
      const isNarrow = document.querySelector("header details.menu") !== null;
      const told = [...document.querySelectorAll("main h1, main .card")];
      return (
        document.documentElement.dataset["theme"] === theme &&
        isNarrow === width < 640 &&
        told.length > 0 &&
        told.every((part) => /\p{Script=Han}/u.test(part.textContent!) === (language === "zh"))
      );
    },
    look,
    { polling: 30 },
  );
}
