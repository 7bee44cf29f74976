import { describe, expect, it } from "vitest";
import type { DataInfo } from "../../protocol/index.ts";
import { choiceFor, importOf, inputNames, MOST_ROWS, MOST_TEXT, numberOf, tableOf } from "./csv.ts";
import { csvOf } from "./export.ts";

describe("a table", () => {
  it("is read with commas, tabs or semicolons, with a heading or without", () => {
    expect(tableOf("a,b\n1,2\n")).toEqual({
      columns: ["a", "b"],
      rows: [["1", "2"]],
      isCut: false,
    });
    expect(tableOf("1\t2\n3\t4")?.columns).toEqual(["x1", "x2"]);
    expect(tableOf("\uFEFFa;b\r\n1,5;2")?.rows).toEqual([["1,5", "2"]]);
    expect(tableOf('a,b\n"x, y",2')?.rows).toEqual([["x, y", "2"]]);
    expect(tableOf("a,a\n1,2")?.columns).toEqual(["a", "a_2"]);
  });
  it("is none without two columns", () => {
    expect(tableOf("")).toBeNull();
    expect(tableOf("one\ntwo")).toBeNull();
  });
  it("is cut behind a line where it is too long", () => {
    const table = tableOf(`1,2\n${"33,44\n".repeat(MOST_TEXT / 6 + 9)}`)!;
    expect(table.isCut).toBe(true);
    expect(table.rows.at(-1)).toEqual(["33", "44"]);
  });
  it("has numbers with commas or points", () => {
    expect(["1.5", "1,5", "−2", "1e3", "", "x", "Infinity"].map(numberOf)).toEqual([
      1.5,
      1.5,
      -2,
      1000,
      null,
      null,
      null,
    ]);
  });
});

describe("examples", () => {
  const iris = tableOf("length,width,kind\n5,3,b\n6,2,a\n7,x,a\n4,,b\n4,1,a")!;
  it("come of the columns that are chosen, and rows without numbers are counted", () => {
    const choice = choiceFor(iris);
    expect(choice).toEqual({ inputs: [0, 1], target: 2, isClasses: true, isScaled: false });
    expect(importOf(iris, choice)).toEqual({
      names: ["length", "width"],
      classes: 2,
      classNames: ["a", "b"],
      points: [
        { x: [5, 3], y: 1 },
        { x: [6, 2], y: 0 },
        { x: [4, 1], y: 0 },
      ],
      unread: 2,
      ragged: 0,
      leftOut: 0,
    });
  });
  it("are no rows of more cells than there are columns, which are counted", () => {
    const table = tableOf("x,y,kind\n1,2,a,\n3,4,b\n5,6,b,9\n7,8")!;
    const made = importOf(table, choiceFor(table));
    expect(made).toMatchObject({ classNames: ["a", "b"], ragged: 1, unread: 1 });
    const all = tableOf("x,y\n1,2,0\n2,2,1")!;
    expect(importOf(all, choiceFor(all))).toBe("ragged");
  });
  it("are of classes where the target is words, however many", () => {
    const lines = Array.from({ length: 12 }, (_, i) => `${i},c${i}`);
    const table = tableOf(`x,y\n${lines.join("\n")}`)!;
    expect(importOf(table, choiceFor(table))).toBe("manyClasses");
  });
  it("have values for targets where these are no classes", () => {
    const table = tableOf("x,y\n1,0.5\n2,-1")!;
    const made = importOf(table, { inputs: [0], target: 1, isClasses: false, isScaled: false });
    expect(made).toMatchObject({
      classes: null,
      points: [
        { x: [1], y: 0.5 },
        { x: [2], y: -1 },
      ],
    });
  });
  it("are scaled to mean 0 and variance 1", () => {
    const table = tableOf("x,y\n100,0\n300,1")!;
    expect(choiceFor(table).isScaled).toBe(true);
    expect(importOf(table, choiceFor(table))).toMatchObject({
      points: [
        { x: [-1], y: 0 },
        { x: [1], y: 1 },
      ],
    });
  });
  it("are at most so many, evenly out of all", () => {
    const lines = Array.from({ length: 2 * MOST_ROWS }, (_, i) => `${i},${i % 2}`);
    const made = importOf(tableOf(lines.join("\n"))!, {
      inputs: [0],
      target: 1,
      isClasses: false,
      isScaled: false,
    });
    expect(made).toMatchObject({ leftOut: MOST_ROWS });
    expect(typeof made === "object" && made.points.at(-1)?.x).toEqual([2 * MOST_ROWS - 2]);
  });
  it.each([
    [{ inputs: [] }, "noInput"],
    [{ inputs: [2] }, "fewRows"],
    [{ target: 0, inputs: [1], isClasses: true }, null],
  ])("say what is wrong with %j", (change, fault) => {
    const made = importOf(iris, { ...choiceFor(iris), ...change });
    if (fault === null) expect(made).toMatchObject({ classes: 3 });
    else expect(made).toBe(fault);
  });
  it("of one class, or of too many, are none", () => {
    const rows = (n: number) =>
      tableOf(Array.from({ length: 12 }, (_, i) => `${i},c${i % n}`).join("\n"))!;
    const choice = { inputs: [0], target: 1, isClasses: true, isScaled: false };
    expect(importOf(rows(1), choice)).toBe("oneClass");
    expect(importOf(rows(12), choice)).toBe("manyClasses");
  });
});

it("names inputs as expressions can say them", () => {
  expect(inputNames(["Petal length (cm)", "2nd", "宽度", "", "a b", "a-b"])).toEqual([
    "Petal_length_cm",
    "x_2nd",
    "宽度",
    "x_",
    "a_b",
    "a_b_6",
  ]);
});

it("writes what it reads again", () => {
  const part = (x: number[], y: number[]) => ({
    count: y.length,
    x: Float32Array.from(x),
    y: Float32Array.from(y),
  });
  const info: DataInfo = {
    names: ["x1", "x2"],
    classes: 2,
    train: part([0.1, -2, 3, 4], [0, 1]),
    test: part([5, 6], [1]),
  };
  const text = csvOf(info);
  expect(text).toBe("x1,x2,y,part\n0.1,-2,0,train\n3,4,1,train\n5,6,1,test\n");
  const table = tableOf(text)!;
  const made = importOf(table, { inputs: [0, 1], target: 2, isClasses: true, isScaled: false });
  expect(made).toMatchObject({ classes: 2, points: [{ x: [0.1, -2], y: 0 }, {}, {}] });
});
