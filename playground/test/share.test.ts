/** Sharing in a real browser: links, files out, files in, and the command line at the other end. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../../cli/src/run.testing.ts";
import { xor } from "../../lib/src/data/index.ts";
import { dense } from "../../lib/src/nn/index.ts";
import { decodeCheckpoint, saveModel, sequential } from "../../lib/src/train/index.ts";
import {
  installed,
  type Opened,
  type Playground,
  startPlayground,
  until,
} from "./browser.testing.ts";
import { settle } from "./late.testing.ts";

describe.skipIf(!installed)("sharing", () => {
  let playground: Playground;
  const folder = mkdtempSync(join(tmpdir(), "neurite-share-"));
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await playground?.close();
  });

  const opened = async (hash = "#/network", language: "en" | "zh" = "en") => {
    const one = await playground.open(hash, { language });
    await one.page.waitForSelector(".transport");
    return one;
  };
  const share = async (page: Page) => {
    await page.locator("button.share").click();
    await page.waitForSelector(".share-dialog[open]");
  };
  /** Whatever a button of the dialog saves. */
  const saved = async (page: Page, label: string | RegExp) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(".share-dialog").getByRole("button", { name: label }).first().click(),
    ]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };
  /** How many different colours a picture has. */
  const coloursOf = (page: Page, png: Buffer) =>
    page.evaluate(
      async (bytes) => {
        const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
        const canvas = new OffscreenCanvas(image.width, image.height);
        const pen = canvas.getContext("2d")!;
        pen.drawImage(image, 0, 0);
        const { data } = pen.getImageData(0, 0, image.width, image.height);
        return new Set(new Uint32Array(data.buffer)).size;
      },
      [...png],
    );
  const weightsIn = (path: string) => decodeCheckpoint(readFileSync(path)).variables;
  /** A run that has done some steps, with the dialog open. */
  const trained = async () => {
    const one = await opened();
    await one.page.waitForSelector(".net-chip:not(:empty)");
    for (let i = 0; i < 3; i++) await one.page.keyboard.press("Shift+ArrowRight");
    await one.page.waitForSelector("text=step 3 of 3");
    await settle(one);
    await share(one.page);
    await until(
      async () => (await one.page.locator(".share-dialog .share-files button").count()) > 6,
      "files",
    );
    return one;
  };
  const expectClean = async ({ faults, axe }: Opened) => {
    expect(faults).toEqual([]);
    expect(await axe()).toEqual([]);
  };

  it("saves a run that the command line predicts with, to the bit of its own weights", async () => {
    const one = await trained();
    const path = await saved(one.page, /safetensors/);
    expect(path).toMatch(/weights\.safetensors$/);
    const { spec } = decodeCheckpoint(readFileSync(path));
    expect(spec?.data.name).toBe("xor");
    const { code, stdout } = await neurite("predict", folder, "xor", "--row", "1");
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d/);
    expect((await neurite("evaluate", folder)).code).toBe(0);
    await expectClean(one);
  });

  it("writes programs, tables, settings and pictures", async () => {
    const { page, faults } = await trained();
    const text = async (label: RegExp) => readFileSync(await saved(page, label), "utf8");
    expect(await text(/TypeScript/)).toContain('readFileSync("examples.csv"');
    expect(await text(/Keras/)).toContain('model.get_layer("dense1").set_weights');
    expect(await text(/PyTorch/)).toContain("nn.Linear(2, 2)");
    expect((await text(/Examples/)).split("\n")[0]).toBe("x1,x2,y,test");
    const curves = (await text(/Curves of the run/)).trim().split("\n");
    expect(curves[0]).toMatch(/^step,epoch,loss,testLoss/);
    expect(Number(curves.at(-1)!.split(",")[0])).toBe(3);
    expect(JSON.parse(await text(/^Settings/)).run.model.layers).toHaveLength(3);
    expect(JSON.parse(await text(/^Specification/)).version).toBe(1);
    const names = await page.locator(".share-dialog .share-files button").allTextContents();
    expect(new Set(names).size, "each picture once").toBe(names.length);
    const svg = await text(/\(SVG\)/);
    expect(svg).toMatch(/^<svg .*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    // The drawing of the network has its units' maps and numbers on it, not its lines alone.
    const colours = await coloursOf(page, readFileSync(await saved(page, /network.*\(PNG\)/i)));
    expect(colours).toBeGreaterThan(400);
    expect(
      readFileSync(await saved(page, /\(PNG\)/))
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(faults).toEqual([]);
  });

  it("links to the run with its weights, and to one for a class", async () => {
    const { page } = await trained();
    const before = weightsIn(await saved(page, /safetensors/));
    const address = page.locator(".link-row input");
    const plain = await address.inputValue();
    await page.getByLabel("with the weights as they are now").check();
    await until(async () => (await address.inputValue()).length > plain.length, "a longer link");
    await page.locator(".share-dialog summary").click();
    for (const wish of ["hide the settings of training", "fix the random numbers"]) {
      const shown = await address.inputValue();
      await page.getByLabel(wish).check();
      await until(async () => (await address.inputValue()) !== shown, `a link to ${wish}`);
    }
    const url = new URL(await address.inputValue());
    const other = await opened(url.hash);
    await settle(other);
    expect(await other.page.locator(".network-training").isVisible()).toBe(false);
    for (const seed of ['[data-control="seed"]', '[data-what="seed"]']) {
      for (const one of await other.page.locator(seed).all())
        expect(await one.isVisible()).toBe(false);
    }
    await share(other.page);
    const after = weightsIn(await saved(other.page, /safetensors/));
    for (const [name, { data }] of before) {
      if (name.startsWith("params/")) expect(after.get(name)!.data, name).toEqual(data);
    }
    expect(other.faults).toEqual([]);
  });

  it("opens a run of the command line, in Chinese, and says what is wrong with other files", async () => {
    const run = join(folder, "from-cli");
    expect((await neurite("train", "xor", "--epochs", "7", "--out", run, "-q")).code).toBe(0);
    const one = await opened("#/network", "zh");
    const { page } = one;
    const choose = async (path: string) => {
      await share(page);
      await page.locator(".share-dialog input[type=file]").setInputFiles(path);
    };
    const notes = page.locator(".notes");
    const noted = (text: string) =>
      until(async () => ((await notes.textContent()) ?? "").includes(text), text);
    await choose(join(run, "weights.safetensors"));
    await noted("已打开 weights.safetensors");
    await share(page);
    const back = weightsIn(await saved(page, /safetensors/));
    for (const [name, { data }] of weightsIn(join(run, "weights.safetensors"))) {
      if (name.startsWith("params/")) expect(back.get(name)!.data, name).toEqual(data);
    }
    await page.locator(".share-dialog input[type=file]").setInputFiles(join(run, "spec.json"));
    await noted("已打开 spec.json");

    const model = sequential([2], dense(3), dense(1)).with({ seed: 1 });
    model.predict(xor().train.x);
    writeFileSync(join(folder, "alone.safetensors"), saveModel(model));
    writeFileSync(join(folder, "broken.json"), "{ no json");
    writeFileSync(join(folder, "cut.safetensors"), "cut");
    writeFileSync(join(folder, "odd.json"), JSON.stringify({ version: 1, loss: "hing" }));
    for (const [file, text] of [
      ["alone.safetensors", "文件里只有权重"],
      ["broken.json", "broken.json 不是 JSON"],
      ["cut.safetensors", "文件打不开"],
      ["odd.json", "没有名为“hing”的损失函数"],
    ] as const) {
      if (!(await page.locator(".share-dialog[open]").count())) await share(page);
      await page.locator(".share-dialog input[type=file]").setInputFiles(join(folder, file));
      await noted(text);
    }
    await expectClean(one);
  });
});
