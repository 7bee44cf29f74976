import { describe, expect, it } from "vitest";
import type { Table } from "../table.ts";
import type { ReadTableOptions } from "./options.ts";
import { type ReadTable, readTable } from "./read-table.ts";

const utf8 = new TextEncoder();

/** Columns as plain data: numbers, values in place of codes, ISO dates. */
function plain(table: Table): Record<string, unknown[]> {
  return Object.fromEntries(
    table.columns.map((column) => {
      if (column.type === "category") {
        return [column.name, Array.from(column.codes, (code) => column.values[code] ?? null)];
      }
      if (column.type === "date") {
        return [
          column.name,
          Array.from(column.values, (ms) =>
            !Number.isNaN(ms) ? new Date(ms).toISOString().slice(0, 16) : null,
          ),
        ];
      }
      return [
        column.name,
        Array.from(column.values as ArrayLike<unknown>, (x) => (Number.isNaN(x) ? null : x)),
      ];
    }),
  );
}

const types = (table: Table) =>
  Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
const read = (text: string, options: ReadTableOptions = {}): Promise<ReadTable> =>
  readTable(text, { name: "t.csv", ...options });
const rows = async (text: string, options: ReadTableOptions = {}) =>
  plain(await read(text, options));
const failure = (text: string, options: ReadTableOptions = {}) =>
  read(text, options).then(
    () => "read",
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe("fields", () => {
  it("reads numbers, categories, dates and texts by all rows", async () => {
    const table = await read(
      "age,city,born,paid\n31,Paris,1990-05-01,true\n,Rome,1985-12-24,FALSE\n40,Paris,,true\n",
    );
    expect(types(table)).toEqual({
      age: "number",
      city: "category",
      born: "date",
      paid: "category",
    });
    expect(plain(table)).toEqual({
      age: [31, null, 40],
      city: ["Paris", "Rome", "Paris"],
      born: ["1990-05-01T00:00", "1985-12-24T00:00", null],
      paid: ["true", "false", "true"],
    });
    expect(Array.from(table.lines)).toEqual([2, 3, 4]);
    expect(table.notices).toEqual([]);
    expect(table.format).toEqual({
      kind: "fields",
      encoding: "utf-8",
      delimiter: ",",
      decimal: ".",
      header: true,
    });
  });

  it.each([
    ["\t", "a\tb\n1\tx\n2\ty\n"],
    [";", "a;b\n1;x\n2;y\n"],
    ["|", "a|b\n1|x\n2|y\n"],
    [" ", "a  b\n 1 x\n2   y\n"],
    [";", "a;b\n1,5;x\n2,5;y\n"],
  ])("finds the delimiter %j and says so", async (delimiter, text) => {
    const table = await read(text);
    expect(table.format.delimiter).toBe(delimiter);
    expect(table.columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(table.notices[0]).toBe(
      `fields are parted by ${({ "\t": "tabs", " ": "blanks" } as Record<string, string>)[delimiter] ?? `"${delimiter}"`}`,
    );
  });

  it("reads quoted delimiters, line ends and quotes, and counts lines through them", async () => {
    const table = await read('a,b\r\n"x, y","say ""no"""\r\n"two\nlines",plain\r\n1,2"\r\n');
    expect(plain(table)).toEqual({
      a: ["x, y", "two\nlines", "1"],
      b: ['say "no"', "plain", '2"'],
    });
    expect(Array.from(table.lines)).toEqual([2, 3, 5]);
  });

  it("reads the same, however the bytes are cut", async () => {
    const text = 'sep=;\r\n\u00fcber;"b ""q"""\r\n1,5;"x\r\ny"\r\n"2,25";\u4e2d\u6587\r\n;"last"';
    const whole = await read(text);
    const bytes = utf8.encode(text);
    for (const size of [1, 2, 3, 7]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      );
      expect(await readTable(pieces, { name: "t.csv" })).toEqual(whole);
    }
    expect(plain(whole)).toEqual({
      "\u00fcber": [1.5, 2.25, null],
      'b "q"': ["x\r\ny", "\u4e2d\u6587", "last"],
    });
    expect(whole.notices).toEqual([
      'line 1 names the delimiter, ";"',
      "numbers have a decimal comma",
    ]);
  });

  it("takes no header where the first line holds numbers, and does as it is told", async () => {
    const table = await read("5.1,3.5,setosa\n4.9,3.0,setosa\n6.3,3.3,virginica\n");
    expect(Object.keys(plain(table))).toEqual(["column1", "column2", "column3"]);
    expect(table.notices).toEqual([
      "line 1 holds numbers or dates, so that there is no header: the columns are called column1, column2 and so on (header: true reads it as names)",
    ]);
    expect(await rows("land,2019,2020\nFrance,1,2\nItaly,3,4\n")).toEqual({
      land: ["France", "Italy"],
      2019: [1, 3],
      2020: [2, 4],
    });
    expect(Object.keys(await rows("2019,2020\n1,2\n", { header: true }))).toEqual(["2019", "2020"]);
    expect(await rows("a,b\nx,y\n", { header: false })).toEqual({
      column1: ["a", "x"],
      column2: ["b", "y"],
    });
  });

  it("passes over titles, units, and rows and columns without anything in them", async () => {
    const table = await read(
      "Survey of 2024,,,\n,,,\nname,height,mass,\n,(cm),kg,\nAnn,170,60,\nBob,181,80.5,\n,,,\n,,,\n",
    );
    expect(plain(table)).toEqual({ name: ["Ann", "Bob"], height: [170, 181], mass: [60, 80.5] });
    expect(table.notices).toEqual([
      "lines 1 to 2 were taken for a title above the header",
      'line 4 was taken for units: height in "(cm)", mass in "kg"',
      "2 rows without any value left out",
      "a column without name and values left out",
    ]);
    expect(types(await read("h,m\ncm,kg\n1,2\n3,4\n", { units: false }))).toEqual({
      h: "category",
      m: "category",
    });
  });

  it("makes names different, and names columns that have none", async () => {
    const table = await read(",a,a,a_2\n0,1,2,3\n1,4,5,6\n");
    expect(Object.keys(plain(table))).toEqual(["column1", "a", "a_3", "a_2"]);
    expect(table.notices).toEqual([
      'names that come twice in the header were made different: "a_3"',
      "columns without a name are called column1",
    ]);
  });

  it("reads tables whose header has a name less", async () => {
    const table = await read("mpg,cyl\nMazda,21,6\nDatsun,22.8,4\n");
    expect(plain(table)).toEqual({ column1: ["Mazda", "Datsun"], mpg: [21, 22.8], cyl: [6, 4] });
    expect(table.notices[0]).toMatch(/^the header has a name less/);
  });

  it("turns a column into texts at the first cell that is none of its kind, past the sample too", async () => {
    const early = await read("a,b\n1.50,1\n2,2\noops,3\n");
    expect(plain(early)["a"]).toEqual(["1.50", "2", "oops"]);
    expect(early.notices).toEqual([
      'mostly numbers, read as texts because some cells are none (missing: [...] makes gaps of them): "a" ("oops" on line 4)',
    ]);
    const many = 160_000;
    const late = await read(`a,b\n${"1.50,1\n".repeat(many)}oops,3\n`);
    expect(late.columns[0]).toMatchObject({ type: "category", values: ["1.5", "oops"] });
    expect(late.columns[0]).toHaveProperty(`codes.${many}`, 1);
    expect(late.notices).toEqual([
      `read as texts because of one cell, numbers and dates above it in their shortest form: "a" (line ${many + 2} holds "oops")`,
    ]);
  });

  it("keeps codes with leading zeros and very long whole numbers as they are", async () => {
    const table = await read("zip,id\n01234,12345678901234567890\n99999,12345678901234567891\n");
    expect(plain(table)).toEqual({
      zip: ["01234", "99999"],
      id: ["12345678901234567890", "12345678901234567891"],
    });
    expect(table.notices).toEqual([
      'numbers with leading zeros read as codes, not as numbers: "zip"',
    ]);
  });

  it("reads marks of gaps, and errors of spreadsheets, which it counts", async () => {
    const table = await read("a,b\n1,x\nNA,?\n-,n/a\n#DIV/0!,#N/A\n2,y\n");
    expect(plain(table)).toEqual({ a: [1, null, null, null, 2], b: ["x", null, null, null, "y"] });
    expect(table.notices).toEqual([
      'errors of a spreadsheet and infinities read as gaps: "a" (1), "b" (1)',
    ]);
    expect(await rows("a,b\n1,x\nNA,?\n", { missing: ["NA"] })).toEqual({
      a: [1, null],
      b: ["x", "?"],
    });
  });

  it("keeps formulas as texts and says so", async () => {
    const table = await read('a,b\n1,=1+1\n2,"=HYPERLINK(""http://x"")"\n=SUM(A2:A3),3\n');
    expect(plain(table)).toEqual({
      a: ["1", "2", "=SUM(A2:A3)"],
      b: ["=1+1", '=HYPERLINK("http://x")', "3"],
    });
    expect(table.notices.at(-1)).toBe(
      'formulas of a spreadsheet were kept as texts, not carried out: "a" (1, the first on line 4), "b" (2, the first on line 2)',
    );
  });

  it("reads percent signs, currencies and separators of thousands", async () => {
    const table = await read('p,c,n\n12%,"$1,234.50","1,000,000"\n7.5 %,$2,3\n');
    expect(plain(table)).toEqual({ p: [0.12, 0.075], c: [1234.5, 2], n: [1_000_000, 3] });
    expect(table.notices).toEqual([
      'percent signs read as hundredths, 12% as 0.12: "p" (2)',
      'signs of a currency left out: "c" ($)',
    ]);
    expect(await rows("n;e\n1.234,5;1 234,5 \u20ac\n-7;2\u00a0000,25\u20ac\n")).toEqual({
      n: [1234.5, -7],
      e: [1234.5, 2000.25],
    });
  });

  it("says where a separator can be read in two ways, and takes an answer", async () => {
    const text = 'n,x\n"1,234",1\n"5,678",2\n';
    const table = await read(text);
    expect(plain(table)["n"]).toEqual([1234, 5678]);
    expect(table.notices).toEqual([
      '"," read as a separator of thousands, though nothing tells (decimal: "," reads it otherwise): "n" (1,234)',
    ]);
    expect((await rows(text, { decimal: "," }))["n"]).toEqual([1.234, 5.678]);
  });

  it("reads days and months in the order that one date tells, and says where none does", async () => {
    expect((await rows("d,x\n03/04/2024,1\n25/04/2024,2\n"))["d"]).toEqual([
      "2024-04-03T00:00",
      "2024-04-25T00:00",
    ]);
    expect((await rows("d,x\n03/04/2024,1\n04/25/2024,2\n"))["d"]).toEqual([
      "2024-03-04T00:00",
      "2024-04-25T00:00",
    ]);
    const unsure = await read("d,x\n03/04/2024,1\n05/06/2024,2\n");
    expect(plain(unsure)["d"]).toEqual(["2024-03-04T00:00", "2024-05-06T00:00"]);
    expect(unsure.notices).toEqual([
      'dates of which nothing tells whether day or month comes first, read with the month first (dates: "dayFirst" reads them otherwise): "d" (03/04/2024)',
    ]);
    const order = async (text: string) => (await readTable(text)).format.dates;
    expect(await order("d,x\n03/04/2024,1\n25/04/2024,1\n")).toBe("dayFirst");
    expect(await order("d,e\n25/04/2024,04/25/2024\n")).toBeUndefined();
    expect(await order("d,x\n2024-04-03,1\n")).toBeUndefined();
    expect(await order('{"d":"25/04/2024"}\n{"d":"03/04/2024"}\n')).toBe("dayFirst");
    expect((await rows("d,x\n03/04/2024,1\n", { dates: "dayFirst" }))["d"]).toEqual([
      "2024-04-03T00:00",
    ]);
    expect((await rows("d;x\n31.12.1980;1\n01.02.1975;2\n"))["d"]).toEqual([
      "1980-12-31T00:00",
      "1975-02-01T00:00",
    ]);
    // The rest of the file may know better than its first megabyte.
    const late = await read(`d,x\n${"03/04/2024,1\n".repeat(100_000)}25/04/2024,2\n`);
    expect(plain(late)["d"]!.slice(-2)).toEqual(["2024-04-03T00:00", "2024-04-25T00:00"]);
  });

  it("reads columns as they are asked for", async () => {
    const text = "a,b,c,d\n1,2,x,05\n3,4,y,06\n";
    const table = await read(text, {
      types: { a: "category", b: "ignore", c: "text", d: "number" },
    });
    expect(types(table)).toEqual({ a: "category", c: "text", d: "number" });
    expect(await failure(text, { types: { C: "text" } })).toBe(
      'ArgumentError: t.csv: types: there is no column "C". Did you mean "c"? The columns are a, b, c, d.',
    );
    expect(await failure(text, { types: { c: "numbr" as "number" } })).toBe(
      'ArgumentError: readTable: types: column "c": there is no type "numbr". Did you mean "number"? Expected one of: number, category, date, text, ignore.',
    );
    expect(await failure(text, { types: { c: "number" } })).toBe(
      'FileError: t.csv: column "c": line 2 holds "x"; expected a number with "." as its decimal sign, or a gap (missing: [...] names what is one)',
    );
  });
});

describe("what is wrong", () => {
  it.each([
    ["", "t.csv: is empty; expected a table"],
    [" \r\n \n", "t.csv: is empty; expected a table"],
    ["a,b\n", "t.csv: has no rows; expected some below the header"],
    [
      "a,b\n,\nNA,?\n",
      "t.csv: holds nothing but gaps below the header; expected some that are none",
    ],
    [
      "a,b\n1,2\n3\n",
      't.csv: line 3 has 1 field; expected 2, as the header on line 1 has (ragged: "fill" reads missing fields as gaps and leaves out those that are too many)',
    ],
    [
      'a,b\n"1\n",2\n3,4,5\n',
      't.csv: line 4 has 3 fields; expected 2, as the header on line 1 has (ragged: "fill" reads missing fields as gaps and leaves out those that are too many)',
    ],
    [
      'a,b\n1,2\n3,"4\n5,6\n',
      "t.csv: line 3 opens a quote in field 2 that is never closed; expected a quote before the end of the file, or quotes within a field written twice",
    ],
    [
      'a,b\n1,"2"x\n',
      "t.csv: line 2 goes on behind the closing quote of field 2; expected a delimiter or the end of the line there, and quotes within a field written twice",
    ],
    [
      "a,b\n1,\0\n",
      "t.csv: line 2 holds a zero byte; expected text (is it a table, and is its encoding told?)",
    ],
    [
      "PK\x03\x04abc",
      "t.csv: is no text but a workbook or another zip archive: save the sheet as CSV",
    ],
  ])("refuses %j", async (text, message) => {
    expect(await failure(text)).toBe(`FileError: ${message}`);
  });

  it("fills ragged rows where it is asked to", async () => {
    const table = await read("a,b\n1,2\n3\n4,5,6\n7,8,\n", { ragged: "fill" });
    expect(plain(table)).toEqual({ a: [1, 3, 4, 7], b: [2, null, 5, 8] });
    expect(table.notices).toEqual([
      "a row had too few fields: the missing ones are gaps",
      "a row had too many fields: those at the end were left out",
    ]);
  });

  it("refuses more cells than it may hold, before it holds them", async () => {
    expect(await failure("a,b\n1,2\n3,4\n5,6\n", { maxCells: 4 })).toBe(
      'FileError: t.csv: line 4 is past 4 cells, 2 rows of these columns; expected a smaller table (types: { ... "ignore" } leaves columns out, maxCells raises the limit)',
    );
    expect(
      types(await read("a,b\n1,2\n3,4\n5,6\n", { maxCells: 4, types: { b: "ignore" } })),
    ).toEqual({ a: "number" });
  });

  it("ends a field that never does, and reads no further", async () => {
    let sent = 0;
    async function* endless() {
      yield utf8.encode('a,b\n1,"');
      for (; sent < 1000; sent++) yield new Uint8Array(2 ** 20).fill(120);
    }
    await expect(readTable(endless(), { name: "t.csv" })).rejects.toThrow(
      "t.csv: line 2 begins a row of more than 16 MiB, in field 2; expected shorter rows (is a quote never closed, or is this no table?)",
    );
    expect(sent).toBeLessThan(40);
  });

  it("reads ten thousand columns", async () => {
    const wide = (cell: (i: number) => string) =>
      Array.from({ length: 10_000 }, (_, i) => cell(i)).join(",");
    const table = await read(
      `${wide((i) => `c${i}`)}\n${wide(String)}\n${wide((i) => String(i / 4))}\n`,
    );
    expect(table.columns).toHaveLength(10_000);
    expect(table.columns[9_999]).toMatchObject({
      name: "c9999",
      values: new Float64Array([9999, 2499.75]),
    });
  });

  it("checks what it is given", async () => {
    await expect(readTable(3 as never)).rejects.toThrow(
      "readTable: expected source to be a text, or an ArrayBuffer",
    );
    await expect(readTable(["a,b"] as never)).rejects.toThrow(
      "readTable: expected pieces that are Uint8Arrays, received string",
    );
    expect(await failure("a\n1\n", { delimeter: ";" } as never)).toMatch(
      'there is no option "delimeter". Did you mean "delimiter"?',
    );
    expect(await failure("a\n1\n", { delimiter: "ab" })).toMatch(
      "expected delimiter to be one character of ASCII",
    );
  });
});

describe("sources and encodings", () => {
  const text = "name;caf\u00e9\nZo\u00eb;1,5\nRen\u00e9e;2\n";
  const expected = { name: ["Zo\u00eb", "Ren\u00e9e"], "caf\u00e9": [1.5, 2] };
  const utf16 = (written: string, isLittle: boolean, mark = "\ufeff") =>
    Uint8Array.from(
      [...(mark + written)].flatMap((c) => {
        const [high, low] = [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255];
        return isLittle ? [low, high] : [high, low];
      }),
    );

  it("reads bytes, buffers, blobs and streams alike", async () => {
    const bytes = utf8.encode(text);
    const stream = { getReader: () => new Blob([bytes]).stream().getReader() };
    for (const source of [
      text,
      bytes,
      bytes.buffer as ArrayBuffer,
      new Blob([bytes]),
      new Blob([bytes]).stream(),
      { stream: () => stream },
    ]) {
      expect(plain(await readTable(source))).toEqual(expected);
    }
  });

  it("closes a source that it refuses", async () => {
    const closed: string[] = [];
    async function* pieces(name: string, first: string) {
      try {
        yield utf8.encode(first);
        for (;;) yield utf8.encode("1,2\n".repeat(100_000));
      } finally {
        closed.push(name);
      }
    }
    await expect(readTable(pieces("ragged", "a,b\n1\n"))).rejects.toThrow("line 2 has 1 field");
    await expect(readTable(pieces("zip", "PK\u0003\u0004"))).rejects.toThrow("is no text");
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(utf8.encode("a,b\n1\n".repeat(100_000))),
      cancel: () => void closed.push("stream"),
    });
    const reader = { getReader: () => stream.getReader() } as ReadableStream<Uint8Array>;
    await expect(readTable({ stream: () => reader })).rejects.toThrow("line 2 has 1 field");
    expect(closed).toEqual(["ragged", "zip", "stream"]);
  });

  it("reads a stream that uses its buffer again", async () => {
    const whole = `a,b\n${Array.from({ length: 120_000 }, (_, i) => `${i},"x${i % 3}"\n`).join("")}`;
    const bytes = utf8.encode(whole);
    async function* reusing() {
      const buffer = new Uint8Array(50_001);
      for (let at = 0; at < bytes.length; at += buffer.length) {
        const piece = bytes.subarray(at, at + buffer.length);
        buffer.set(piece);
        yield buffer.subarray(0, piece.length);
      }
    }
    // A matcher would go through the properties of hundreds of thousands of cells.
    const cells = ({ columns }: ReadTable) =>
      columns.map((column) =>
        Array.from<unknown>("codes" in column ? column.codes : column.values).join(),
      );
    const expected = cells(await readTable(bytes));
    expect(cells(await readTable(reusing())).map((all, i) => all === expected[i])).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    ["utf-8", utf8.encode(`\ufeff${text}`), []],
    ["utf-16le", utf16(text, true), ["read as utf-16le, by the mark at its beginning"]],
    ["utf-16be", utf16(text, false), ["read as utf-16be, by the mark at its beginning"]],
    [
      "utf-16le",
      utf16(text, true, ""),
      ["read as utf-16le, by the look of its bytes (encoding names another)"],
    ],
    [
      "windows-1252",
      Uint8Array.from([...text], (c) => c.charCodeAt(0)),
      ["read as windows-1252, by the look of its bytes (encoding names another)"],
    ],
  ])("reads %s", async (encoding, bytes, notices) => {
    const table = await readTable(bytes);
    expect(plain(table)).toEqual(expected);
    expect(table.format.encoding).toBe(encoding);
    expect(table.notices.slice(0, notices.length)).toEqual(notices);
    expect(plain(await readTable(bytes, { encoding }))).toEqual(expected);
  });

  it("reads what Windows has in place of control characters", async () => {
    const table = await readTable(
      Uint8Array.of(97, 10, 0x93, 120, 0x94, 10, 0x80, 53, 10, 0xfc, 10),
    );
    expect(table.columns[0]).toMatchObject({ values: ["\u00fc", "\u201cx\u201d", "\u20ac5"] });
  });

  it("finds an encoding that begins late", async () => {
    const ascii = utf8.encode(`a,b\n${"1,x\n".repeat(300_000)}`);
    const late = await readTable([ascii, Uint8Array.of(50, 44, 0xe9, 10)]);
    expect(late.columns[1]).toMatchObject({ values: ["x", "\u00e9"] });
    expect(late.format.encoding).toBe("windows-1252");
  });

  it("names the line of another encoding in the same file", async () => {
    const mixed = new Uint8Array([...utf8.encode("a,b\n1,\u00e9\n2,\u00fc\n3,"), 0xe9, 10]);
    await expect(readTable(mixed, { name: "t.csv" })).rejects.toThrow(
      't.csv: column "b": line 4 holds bytes that are no UTF-8, which the rest is; expected one encoding in a file (or its name, as encoding: "windows-1252")',
    );
    const head = new Uint8Array([
      ...utf8.encode("a,\u00e9\u00fc"),
      0xe9,
      ...utf8.encode("\n1,2\n"),
    ]);
    await expect(readTable(head, { name: "t.csv" })).rejects.toThrow(
      't.csv: line 1 holds bytes that are no UTF-8, in the name "\u00e9\u00fc\ufffd"',
    );
    const many = utf8.encode(`a,b\n${"1,\u00e9\n".repeat(250_000)}3,`);
    const late = new Uint8Array(many.length + 2);
    late.set(many);
    late.set([0xe9, 10], many.length);
    await expect(readTable(late, { name: "t.csv" })).rejects.toThrow(
      't.csv: column "b": line 250002 holds bytes that are no UTF-8',
    );
    await expect(readTable("a\n1\n", { encoding: "utf9" })).rejects.toThrow(
      'the encoding "utf9" is not known here. Did you mean "utf-8"?',
    );
  });
});

describe("JSON", () => {
  it("reads an object a line, a list of objects, and an object of columns", async () => {
    const expected = { a: [1, null, 3], b: ["x", "y", null], c: [null, "true", null] };
    const lines = '{"a":1,"b":"x"}\n\n{"a":null,"b":"y","c":true}\n{"a":3}\n';
    const table = await read(lines);
    expect(plain(table)).toEqual(expected);
    expect(Array.from(table.lines)).toEqual([1, 3, 4]);
    expect(plain(await read('[{"a":1,"b":"x"},\n{"a":null,"b":"y","c":true},{"a":3}]'))).toEqual(
      expected,
    );
    expect(plain(await read('{"a":[1,null,3],"b":["x","y",null],"c":[null,true,null]}'))).toEqual(
      expected,
    );
    expect(
      plain(
        await read('{\n "a": [1, null, 3],\n "b": ["x", "y", null],\n "c": [null, true, null]\n}'),
      ),
    ).toEqual(expected);
  });

  it.each([
    ['{"a":1}\n{"a":2,}\n', "t.csv: line 2 is no JSON: "],
    ['{"a":1}\n[2]\n', "t.csv: line 2 is [2]; expected an object, { name: value, ... }"],
    [
      '{"a":1}\n{"a":[2]}\n',
      't.csv: line 2, column "a": expected a number, a text, true, false, a date or null, received [2]',
    ],
    ['[{"a":1}', "t.csv: is no JSON: "],
    ['{"a":[1],"b":[1,2]}', 't.csv: column "b" has 2 values; expected 1, as column "a" has'],
    ["[]", "t.csv: has no columns; expected some that are not ignored"],
  ])("refuses %j", async (text, message) => {
    expect(await failure(text)).toContain(`FileError: ${message}`);
  });
});
