import { describe, expect, test } from "vitest";
import { NeuriteError } from "../../index.ts";
import { ExpressionError, parseExpression } from "../index.ts";

const textOf = (text: string) => parseExpression(text).operations.at(-1)!.text;
const lines = (text: string) => {
  return parseExpression(text).operations.map(({ name, formula }) => `${name} = ${formula}`);
};

describe("the operations of an expression", () => {
  test("are those of NNDL figure 4.8, in the book's order", () => {
    const expression = parseExpression("1/(exp(-(w*x+b))+1)");
    expect(expression.inputs).toEqual(["w", "x", "b"]);
    expect(expression.operations.map(({ name, formula }) => [name, formula])).toEqual([
      ["h1", "w*x"],
      ["h2", "h1 + b"],
      ["h3", "-h2"],
      ["h4", "exp(h3)"],
      ["h5", "h4 + 1"],
      ["h6", "1/h5"],
    ]);
    expect(expression.operations[4]!.text).toBe("exp(-(w*x + b)) + 1");
    expect(expression.outputs).toEqual([{ name: "f", source: { kind: "operation", name: "h6" } }]);
  });

  test("take the names that the text gives, and give those nobody reads as outputs", () => {
    expect(lines("h = w*x; y = h + b\n z = |h|")).toEqual(["h = w*x", "y = h + b", "z = abs(h)"]);
    const named = (text: string) => parseExpression(text).outputs.map(({ name }) => name);
    expect(named("h = w*x; y = h + b\n z = |h|")).toEqual(["y", "z"]);
    expect(named("x*y, sin(x)")).toEqual(["f1", "f2"]);
    expect(named("f1 = x; f1*x, y")).toEqual(["v1", "v2"]);
  });

  test("get another letter where the text has an h1 of its own", () => {
    expect(lines("h1*x + 1")).toEqual(["v1 = h1*x", "v2 = v1 + 1"]);
  });

  test("read an input twice as two operands, and a name of another meaning as that", () => {
    expect(parseExpression("x*x").operations[0]!.operands).toHaveLength(2);
    expect(parseExpression("e = x + 1; e*pi").inputs).toEqual(["x"]);
    expect(parseExpression("e*x").operations[0]!.operands[0]).toMatchObject({ value: Math.E });
    expect(parseExpression("constructor + __proto__").inputs).toEqual(["constructor", "__proto__"]);
    expect(parseExpression("α₁*x′".replace("′", "'")).inputs).toEqual(["α₁", "x'"]);
  });
});

test.each([
  ["a-b-c", "a - b - c"],
  ["a-(b-c)", "a - (b - c)"],
  ["a-(b+c)", "a - (b + c)"],
  ["a/(b*c)", "a/(b*c)"],
  ["(a/b)*c", "a/b*c"],
  ["a^b^c", "a^b^c"],
  ["(a^b)^c", "(a^b)^c"],
  ["-x^2", "-x^2"],
  ["(-x)**2", "(-x)^2"],
  ["-x*y", "-x*y"],
  ["2^-x", "2^(-x)"],
  ["x - -3*y", "x - -3*y"],
  ["(-3)^2", "(-3)^2"],
  ["（a＋b）＊c／d－e＾f", "(a + b)*c/d - e^f"],
  ["h＝｜x｜；max（h，y）", "max(h, y)"],
  ["a+b*c", "a + b*c"],
  ["(a+b)·c÷d−1", "(a + b)*c/d - 1"],
  ["ln(x)+σ(x)", "log(x) + sigmoid(x)"],
  ["||x|-1|", "abs(abs(x) - 1)"],
  ["+x*.5e1", "x*.5e1"],
  ["max(a, min(b,c))", "max(a, min(b, c))"],
])("%s is %s", (text, shown) => expect(textOf(text)).toBe(shown));

describe("what means nothing is refused with its place", () => {
  test.each([
    ["1/(sine(x))", 3, 'there is no function "sine". Did you mean "sin"?'],
    ["x(y+1)", 0, 'no function "x". For a product write x*(…)'],
    ["2x", 1, 'expected an operator before "x". Write 2*x'],
    ["(x+1", 0, 'this "(" is never closed'],
    ["3+|x", 2, 'this "|" is never closed'],
    ["x)", 1, 'there is no "(" for this ")"'],
    ["x+", 2, "received the end"],
    ["x*/y", 2, 'received "/"'],
    ["x²", 1, "Write a power as in x^2"],
    ["a[0]", 1, "Write round parentheses"],
    ["x = y = 2", 6, 'only a name stands before "="'],
    ["1 + exp", 4, "exp is a function: write exp(…)"],
    ["exp(x, y)", 0, "exp takes one argument, received 2"],
    ["max(x)", 0, "max takes two arguments, received 1"],
    ["1e999", 0, "too large for a number"],
    ["a = a + 1", 4, "a is used before it has a value"],
    ["a = x; a = 2", 7, "a has a value already"],
    ["sin = x", 0, "sin is a function, and no name for a value"],
    [" ; ", 0, "there is nothing to compute"],
    [`${"(".repeat(201)}x`, 200, "more than 200 parts lie inside each other"],
  ])("%.20s", (text, position, says) => {
    let error: unknown;
    try {
      parseExpression(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ExpressionError);
    const { position: at, message } = error as ExpressionError;
    expect({ at, message }).toEqual({ at: position, message: expect.stringContaining(says) });
    expect(message.split("\n")).toHaveLength(3);
  });

  test.each([
    ["2x", { code: "operator", received: "x", product: "2*x" }],
    ["x²", { code: "sign", sign: "²", hint: "power" }],
    ["(x", { code: "unclosed", sign: "(" }],
    ["x)", { code: "unopened" }],
    ["x +", { code: "operand", received: null }],
    ["siin(x)", { code: "unknownFunction", name: "siin", meant: "sin" }],
    ["a(x)", { code: "unknownFunction", name: "a", meant: null }],
    ["max(x)", { code: "arity", name: "max", takes: 2, received: 1 }],
    ["a = a + 1", { code: "early", name: "a" }],
    [";", { code: "empty" }],
  ])("with a code and its data: %s", (text, fault) => {
    expect(() => parseExpression(text)).toThrow(expect.objectContaining({ fault }));
  });

  test("under the place a caret, in a long text too", () => {
    const long = `${"x + ".repeat(40)}siin(x) + ${"x + ".repeat(40)}1`;
    for (const text of ["siin(x)", "1+siin(x)", long]) {
      try {
        parseExpression(text);
      } catch (error) {
        const [, line, caret] = (error as Error).message.split("\n");
        expect(line!.slice(caret!.indexOf("^")).startsWith("siin")).toBe(true);
        expect(line!.length).toBeLessThan(90);
      }
    }
    expect.assertions(6);
  });

  test("so is what is too long, and what is no text", () => {
    expect(() => parseExpression("x+".repeat(3000))).toThrow("at most 4000 characters");
    expect(() => parseExpression(`${"x+".repeat(1001)}x`)).toThrow("at most 1000 operations");
    expect(() => parseExpression(3 as never)).toThrow(NeuriteError);
  });
});
