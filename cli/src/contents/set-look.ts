// What is in a data set by name: numbers as a table has them, points in the plane, pictures.

import { countExamples, type NamedDataset } from "neurite/data";
import { describeTable, sharedRows } from "neurite/inspect";
import { ownPartOf } from "../sources/own.ts";
import { plural } from "../terminal/names.ts";
import type { SourceLook } from "./look.ts";
import { pictureLines, picturesIn } from "./pictures.ts";
import { TARGET, tableOfExamples } from "./set-table.ts";
import { contentEvent } from "./table-event.ts";
import { contentLines } from "./table-text.ts";
import type { Described } from "./told.ts";

export function setLook(data: NamedDataset): SourceLook {
  const isWide = data.train.x.data.length > MOST_NUMBERS * countExamples(data.train);
  return data.view === "image" || isWide ? pictureLook(data) : numbersLook(data);
}

/** Examples of more numbers are no rows that one reads number by number. */
const MOST_NUMBERS = 100;

/** What there is to say of data of one's own before anything is counted. */
const saidOf = (data: NamedDataset): string[] => {
  const own = ownPartOf(data);
  return own ? [...own.told, ...own.notices.map((notice) => `note: ${notice}`)] : [];
};

function headLine({ name, train, test }: NamedDataset): string {
  return `${name}: ${plural(countExamples(train), "example")} to learn from, ${countExamples(test).toLocaleString("en-US")} to test on`;
}

function numbersLook(data: NamedDataset): SourceLook {
  const table = tableOfExamples(data, "train");
  const test = tableOfExamples(data, "test");
  const hasOne = table.columns.some(({ name }) => name === TARGET);
  const described: Described = {
    unit: "example",
    table,
    description: describeTable(table, hasOne ? { target: TARGET } : {}),
    beside: test.rows === 0 ? null : { table: test, shared: sharedRows(table, test) },
  };
  return {
    lines: () => [headLine(data), ...saidOf(data), "", ...contentLines(described)],
    page: async () => (await import("./set-page.ts")).numbersPage(headLine(data), data, described),
    event: () => ({ name: data.name, view: data.view, ...contentEvent(described) }),
  };
}

function pictureLook(data: NamedDataset): SourceLook {
  const found = picturesIn(data);
  return {
    lines: () => [headLine(data), ...saidOf(data), ...pictureLines(found)],
    page: async () =>
      (await import("./set-page.ts")).picturesPage(headLine(data), saidOf(data), data, found),
    event: () => ({ name: data.name, view: data.view, ...found, means: undefined }),
  };
}
