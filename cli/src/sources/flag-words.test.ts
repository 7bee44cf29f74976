import { readTable } from "neurite/data/tables";
import { expect, it } from "vitest";
import { inFlags } from "./flag-words.ts";

const said = async (text: string | Uint8Array, options = {}): Promise<string> => {
  try {
    const { notices } = await readTable(text, { name: "t.csv", ...options });
    return notices.map(inFlags).join("; ");
  } catch (error) {
    return inFlags((error as Error).message);
  }
};
const latin = Uint8Array.from([97, 44, 98, 10, 49, 44, 0xe9, 10]);

// Out of the reader itself, so that neither can change alone.
it.each([
  ["a,b\n1\n", {}, "(--ragged fill reads missing fields"],
  ["a\nx\n", { types: { a: "number" } }, "(--missing names what is one)"],
  ["a\n1\n2\n3\nfew\n", {}, "(--missing makes gaps of them)"],
  ["1,2\n3,4\n", {}, "(--header reads it as names)"],
  ["a,b\nx,y\n", {}, "(--no-header reads it as a row)"],
  ["d,x\n03/04/2024,1\n", {}, "(--dates dayFirst reads them otherwise)"],
  ['a,b\n"1,234",x\n"2,345",x\n', {}, "(--decimal , reads it otherwise)"],
  [latin, {}, "(--encoding names another)"],
  ["a,b\n1,2\n", { types: { c: "number" } }, 't.csv: --types: there is no column "c"'],
  ["a,b\n1,2\n", { types: { a: "nummer" } }, '--types: column "a": there is no type'],
  ["a\n1\n", { encoding: "utf9" }, 'the encoding "utf9" is not known here'],
])("says of %j read with %j the flag", async (text, options, flag) => {
  const found = await said(text, options);
  expect(found).toContain(flag);
  expect(found).not.toContain("readTable");
});

it("leaves what a file holds as it is", () => {
  const says = 't.csv: line 2 holds "ragged: \\"fill\\""; expected a number';
  expect(inFlags(says)).toBe(says);
});
