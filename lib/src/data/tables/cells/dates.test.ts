import { expect, it } from "vitest";
import { DateReader, isoDate, turnDate } from "./dates.ts";

const utf8 = new TextEncoder();

function read(text: string, reader = new DateReader()): string | null {
  const bytes = utf8.encode(`9${text}9`);
  const value = reader.read(bytes, 1, bytes.length - 1);
  return Number.isNaN(value) ? null : isoDate(value);
}

it.each([
  ["2024-02-29", "2024-02-29"],
  ["2024/2/9", "2024-02-09"],
  ["2024.02.09", "2024-02-09"],
  ["2024-02-29T13:05", "2024-02-29T13:05:00.000Z"],
  ["2024-02-29 13:05:09.25", "2024-02-29T13:05:09.250Z"],
  ["2024-02-29T13:05:09Z", "2024-02-29T13:05:09.000Z"],
  ["2024-02-29T01:05:00+05:30", "2024-02-28T19:35:00.000Z"],
  ["2024-02-29T23:05:00-0200", "2024-03-01T01:05:00.000Z"],
  ["12/31/2024", "2024-12-31"],
  ["31/12/2024", "2024-12-31"],
  ["31.12.2024", "2024-12-31"],
  ["03.04.2024", "2024-04-03"],
  ["03/04/2024", "2024-03-04"],
  ["3/4/2024 9:05 PM", "2024-03-04T21:05:00.000Z"],
  ["3/4/2024 12:05 am", "2024-03-04T00:05:00.000Z"],
  ["3/4/68", "2068-03-04"],
  ["3/4/69", "1969-03-04"],
  ["5 Jan 2024", "2024-01-05"],
  ["05-Jan-24", "2024-01-05"],
  ["January 5, 2024", "2024-01-05"],
  ["Sept 5 2024", "2024-09-05"],
  ["0099-12-31", "0099-12-31"],
])("reads %j", (text, iso) => {
  expect(read(text)).toBe(iso);
});

it.each([
  ...[
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-1",
    "20240229",
    "2024-02/09",
    "13/13/2024",
    "0/1/2024",
    "5 Foo 2024",
  ],
  ...[
    "12:30",
    "2024-02-29T25:00",
    "2024-02-29 13:05 PM",
    "2024-02-29x",
    "1.2.3",
    "192.168.1.1",
    "May",
    "",
  ],
])("takes %j for no date", (text) => {
  expect(read(text)).toBeNull();
});

it("learns the order from a number above 12, and turns what it read before", () => {
  const reader = new DateReader();
  expect(read("03/04/2024", reader)).toBe("2024-03-04");
  expect(reader).toMatchObject({ isSure: false, isTurned: false, ambiguous: "03/04/2024" });
  expect(read("25/04/2024", reader)).toBe("2024-04-25");
  expect(reader).toMatchObject({ isSure: true, isTurned: true, order: "dayFirst" });
  expect(read("03/04/2024", reader)).toBe("2024-04-03");
  expect(read("04/25/2024", reader)).toBeNull();
  expect(isoDate(turnDate(Date.UTC(2024, 2, 4, 5, 6)))).toBe("2024-04-03T05:06:00.000Z");
  expect(turnDate(Number.NaN)).toBeNaN();
});

it("keeps to one form in a column", () => {
  const reader = new DateReader();
  expect(read("2024-03-04", reader)).toBe("2024-03-04");
  expect(read("03/04/2024", reader)).toBeNull();
  expect(read("5 Jan 2024", reader)).toBeNull();
});

it("keeps to the order that it is told", () => {
  expect(read("03/04/2024", new DateReader("dayFirst"))).toBe("2024-04-03");
  expect(read("03.04.2024", new DateReader("monthFirst"))).toBe("2024-03-04");
  expect(read("25/04/2024", new DateReader("monthFirst"))).toBeNull();
});
