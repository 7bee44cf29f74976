import { describe, expect, it } from "vitest";
import type { Language } from "../state/index.ts";
import type { TextPart, Texts } from "../text/catalogue.ts";
import { LoadedTexts } from "./loaded-texts.ts";

/** Loads when it is told to, in whatever order. */
function slowly() {
  const waiting: { language: Language; parts: readonly TextPart[]; end(error?: Error): void }[] =
    [];
  const load = (language: Language, parts: readonly TextPart[]) =>
    new Promise<Partial<Texts>>((resolve, reject) => {
      const loaded = Object.fromEntries(parts.map((part) => [part, language]));
      const end = (error?: Error) => (error ? reject(error) : resolve(loaded as never));
      waiting.push({ language, parts, end });
    });
  const end = async (i: number, error?: Error) => {
    waiting[i]!.end(error);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { waiting, load, end };
}

describe("texts that are loaded", () => {
  it("lose no part to a load that began before it was asked for and ends after it", async () => {
    const { load, end, waiting } = slowly();
    const loaded = new LoadedTexts("en", load);
    const page = loaded.need(["network"]);
    const dialog = loaded.need(["share"]);
    await end(1);
    await dialog;
    await end(0);
    expect(loaded.texts.value).toMatchObject({ network: "en", share: "en" });
    // The first one loads once more, with what is wanted now.
    expect(waiting[2]!.parts).toContain("share");
    await end(2);
    await page;
    expect(loaded.texts.value).toMatchObject({ network: "en", share: "en" });
  });

  it("are there, in the language chosen meanwhile, when who needs them is told so", async () => {
    const { load, end } = slowly();
    const loaded = new LoadedTexts("en", load);
    let isThere = false;
    const page = loaded.need(["network"]).then(() => {
      isThere = true;
    });
    const [chinese, english] = [loaded.speak("zh"), loaded.speak("en")];
    await end(1);
    expect(isThere).toBe(false);
    for (const i of [0, 2, 3]) await end(i);
    await page;
    expect(loaded.texts.value).toMatchObject({ network: "en", shell: "en" });
    expect(await Promise.all([chinese, english])).toEqual(["en", "en"]);
  });

  it("stay in their language where another cannot be loaded, which may be chosen again", async () => {
    const { load, end } = slowly();
    const loaded = new LoadedTexts("en", load);
    const chinese = loaded.speak("zh");
    await Promise.all([expect(chinese).rejects.toThrow("offline"), end(0, new Error("offline"))]);
    expect(loaded.wanted).toBe("en");
    const again = loaded.speak("zh");
    await end(1);
    expect(await again).toBe("zh");
  });
});
