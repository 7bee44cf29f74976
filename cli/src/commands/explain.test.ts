// neurite explain: what it prints, writes and refuses.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { afterAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-explain-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FIGURE = ["1/(exp(-(w*x+b))+1)", "--at", "x=1,w=0,b=0"] as const;
const explain = (...args: readonly string[]) => neurite("explain", ...args);
const lines = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await explain(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.split("\n").map((line) => line.trim().replaceAll(/ {2,}/g, " | "));
};

describe("neurite explain", () => {
  it("prints figure 4.8 as a table, -0 included, and both modes", async () => {
    const printed = await lines(...FIGURE);
    expect(printed).toEqual(
      expect.arrayContaining([
        "6 operations; f = h6 = 0.5",
        "h1 | w*x | 0 | dh1/dw = x = 1 | dh1/dx = w = 0 | 0.25",
        "h3 | -h2 | -0 | dh3/dh2 = -1 | -0.25",
        "h6 | 1/h5 | 0.5 | dh6/dh5 = -1/h5^2 = -0.25 | 1",
        "Forward: 3 passes, one for each input. Reverse: 1 pass, one for each output.",
        "h5 | -1 | 0 | -1 | -0.25",
      ]),
    );
  });

  it("prints each part that is asked for, and no other", async () => {
    const titles = async (...flags: string[]) => {
      const known = /^(Forward|Reverse|Paths|Numerical|Jacobians|Symbolic).*(?<![.:])$/;
      return (await lines(...FIGURE, ...flags)).filter((line) => known.test(line));
    };
    const parts = {
      "--forward": "Forward mode, move by move",
      "--reverse": "Reverse mode, move by move",
      "--paths": "Paths: products along them, added up",
      "--differences": "Numerical differentiation",
      "--jacobian": "Jacobians",
      "--symbolic": "Symbolic differentiation",
    };
    for (const [flag, title] of Object.entries(parts)) expect(await titles(flag)).toEqual([title]);
    expect(await titles("--all")).toEqual(Object.values(parts));
  });

  it("adds up paths", async () => {
    const printed = await lines("x*x + x", "--at", "x=3", "--paths", "--reverse");
    expect(printed).toContain("df/dx = 3 + 3 + 1 = 7, along 3 paths.");
    expect(printed).toContain("h1 | 1 | x: 1 * 3 = 3, in all 4 | x: 1 * 3 = 3, in all 7");
    const apart = await lines("x, y*y", "--at", "x=3,y=1", "--paths", "--of", "f2", "--by", "x");
    expect(apart).toContain("df2/dx = 0: no path leads from x to f2.");
  });

  it("names the best step of numerical differentiation", async () => {
    const printed = await lines("sin(x)", "--at", "x=1", "--differences");
    expect(printed).toContain(
      "df/dx = 0.540302 by automatic differentiation; best step: 1e-8 forward, 0.00001 central.",
    );
    expect(printed).toContain("1e-8 | 0.540302 | 3.0e-9 | 0.540302 | 2.6e-9");
  });

  it("sets written-out derivatives beside automatic ones: 90 factors", async () => {
    const names = Array.from({ length: 10 }, (_, i) => `x${i + 1}`);
    const values = names.map((name, i) => `${name}=${i + 1}`).join(",");
    const printed = await lines(names.join("*"), "--at", values, "--symbolic");
    expect(printed).toContain("The derivatives by all inputs, written out: 90 names and numbers.");
    expect(printed).toContain("Value and gradient by automatic differentiation: 27 operations.");
    expect(printed).toContain(
      "df/dx3 | 1209600 | 1209600 | 9 | x10 * x9 * x8 * x7 * x6 * x5 * x4 * x1 * x2",
    );
  });

  it("takes the books' expressions, and other values for them", async () => {
    const micrograd = await lines("--preset", "micrograd");
    expect(micrograd).toContain("a | input | -4 | 138.834");
    expect(micrograd).toContain("24 operations; g = 24.7041");
    const other = await lines("--preset", "fig48", "--at", "w=pi/2 , b=1");
    expect(other[1]).toBe("at w = 1.5708, x = 1, b = 1");
  });

  it("takes an expression that begins with a minus", async () => {
    expect(await lines("-x^2", "--at", "x=3")).toContain("2 operations; f = h2 = -9");
    expect(await lines("--at", "x=3", "-(x)")).toContain("1 operation; f = h1 = -3");
  });

  it("says where a point lies outside of a domain", async () => {
    const printed = await lines("log(x)", "--at", "x=-1");
    expect(printed).toContain("h1 | log(x) | NaN | dh1/dx = 1/x = -1 | 1");
    expect(printed).toContain(
      "Note: h1 = log(x): the logarithm is defined above 0 only, and not at -1.",
    );
  });

  it("says so beside a picture too", async () => {
    const { code, stdout, stderr } = await explain("1/x", "--at", "x=0", "--svg", "-");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "neurite: h1 = 1/x: 1 is divided by 0.\n",
    });
    expect(stdout).toContain(">inf</text>");
  });

  it.each([
    [["exp(x"], /^neurite: explain: this "\(" is never closed\n {4}exp\(x\n {7}\^\n$/],
    [["sine(x)", "--at", "x=1"], /no function "sine"\. Did you mean "sin"\?/],
    [["w*x"], /w, x have no value\. Write --at w=0,x=0/],
    [["w*x", "--at", "x=2"], /w has no value\. Write --at w=0,x=2/],
    [["x", "--at", "x=1,y=2"], /the expression has no input "y"\. Its inputs are x\./],
    [["x", "--at", "x"], /Expected values as in x=1,w=0/],
    [["x", "--at", "x=1,y=2", "--at", "x = 2"], /argument 'x = 2' is invalid\. x has two values\./],
    [["x", "--at", "x=two"], /--at: expected a number for x, received "two"/],
    [["x", "--at", "x=1/0"], /--at: expected a finite number for x, received "1\/0"/],
    [["x", "--at", "x=1", "--revers"], /Unknown option "--revers"\. Did you mean "--reverse"\?/],
    [["w*x", "+", "b"], /expected one expression, received 3 parts\. Write "w\*x \+ b"/],
    [[], /expected an expression, as "w\*x \+ b", or --preset/],
    [["x", "--preset", "fig48"], /or --preset/],
    [["--preset", "fig84"], /--preset: Unknown preset "fig84"\. Did you mean "fig48"\?/],
    [["x", "--at", "x=1", "--paths", "--of", "g"], /--of: Unknown name "g"/],
  ])("calls %j wrong usage", async (args, message) => {
    const { code, stdout, stderr } = await explain(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it("prints everything as one JSON object, which keeps -0 and what is not finite", async () => {
    const flags = ["--json", "--paths", "--differences", "--symbolic"];
    const data = JSON.parse((await explain(...FIGURE, ...flags)).stdout);
    expect(data.operations[2]).toMatchObject({ name: "h3", formula: "-h2", value: -0 });
    expect(data.passes).toEqual({ forward: 3, reverse: 1 });
    expect(data.jacobian.values).toEqual([[0.25, 0, 0.25]]);
    expect(data.paths).toHaveLength(3);
    expect(data.differences[0].rows).toHaveLength(15);
    expect(data.symbolic.derivatives[0]).toMatchObject({ input: "w", value: 0.25 });
    const broken = JSON.parse((await explain("log(x)", "--at", "x=-1", "--json")).stdout);
    expect(broken.operations[0].value).toBe("NaN");
  });

  it("draws no more than can be laid out, and says so", async () => {
    const long = [Array(200).fill("x").join("+"), "--at", "x=1"];
    const refused = await explain(...long, "--svg", "-");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("--svg: these 199 operations are too many for a drawing");
    await explain(...long, "--out", at("long.html"));
    expect(readFileSync(at("long.html"), "utf8")).toContain("too many operations for a drawing");
  });

  it("prints DOT, and draws an SVG and a page that are well-formed", async () => {
    expect((await explain(...FIGURE, "--dot", "-")).stdout).toMatch(
      /^digraph \{.*<B>exp<\/B><BR\/><FONT COLOR="#777777">h4<.*>grad -0\.25<.*\}\n$/s,
    );
    const [svg, html] = [at("f.svg"), at("f.html")];
    expect((await explain(...FIGURE, "--svg", svg)).stdout).toBe(`${svg}\n`);
    const text = readFileSync(svg, "utf8");
    expect((await explain(...FIGURE, "--svg", "-")).stdout).toBe(text);
    const shown = parseHTML(text).document.querySelectorAll("text");
    const words = Array.from(shown, (node) => (node as { textContent: string }).textContent);
    expect(words).toEqual(
      expect.arrayContaining(["h6", "1/h5", "-0", "df/dw = 0.25", "-0.25", "f"]),
    );
    expect(text).not.toMatch(/NaN|undefined/);
    await explain(...FIGURE, "--out", html);
    const page = readFileSync(html, "utf8");
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page).toContain("<h2>Symbolic differentiation</h2>");
  });

  it("leaves files of one's own alone unless told otherwise, and replaces those it wrote", async () => {
    const folder = await explain(...FIGURE, "--svg", at("."));
    expect(folder.stderr).toMatch(/^neurite: --svg: .* is a folder; name a file in it\n$/);
    const path = at("mine.svg");
    writeFileSync(path, "mine");
    const refused = await explain(...FIGURE, "--svg", path);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("--svg: ") });
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect(await explain(...FIGURE, "--svg", path, "--overwrite")).toMatchObject({ code: 0 });
    expect(await explain(...FIGURE, "--dot", at("f.dot"))).toMatchObject({ code: 0 });
    expect(await explain(...FIGURE, "--dot", at("f.dot"))).toMatchObject({ code: 0 });
  });
});
