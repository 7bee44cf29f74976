// The page of an experiment: numbers with their verdicts, remarks once, and what was run.

import { claim } from "neurite/books";
import { expect, it } from "vitest";
import { identityOf, logOf } from "./log.ts";
import { experimentPage } from "./page.ts";

const CURVE = {
  title: "A curve",
  x: { label: "x" },
  y: { label: "y" },
  series: [
    {
      name: "a",
      points: [
        [0, 1],
        [1, 2],
      ] as const,
    },
  ],
};

async function pageOf(point: Readonly<Record<string, number>>): Promise<string> {
  const kind = { says: "a number", fits: () => true } as never;
  const parameters = { w: { says: "w", book: 1, kind }, x: { says: "x", book: 1, kind } };
  const claims = [
    claim("a < b", 0.25, 0.2512, 0.005, "A slip & a word."),
    claim("c", 1, 2, 0, "A slip & a word."),
    { ...claim("d", "falls", "falls", 0), holds: null },
  ];
  const identity = identityOf("graph48", false, parameters, point);
  return experimentPage(await logOf(identity, { claims, curves: [CURVE] }, 3), point);
}

it("sets every number beside the book's, with a verdict in words", async () => {
  const html = await pageOf({});
  expect(html).toContain("<title>A computational graph</title>");
  expect(html).toContain("NNDL, figure 4.8. 1 of 2 claims hold.");
  expect(html).toContain('a &lt; b<p class="remark">A slip &amp; a word.</p>');
  expect(html.match(/A slip/g)).toHaveLength(1);
  expect(html).toContain('<td data-label="expected">0.25</td><td data-label="Neurite">0.25</td>');
  for (const said of ["&plusmn;&nbsp;0.005", "exact", "holds</span>", "off</span>", "not judged"]) {
    expect(html).toContain(said);
  }
  expect(html).toContain("A curve");
  expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
});

it("says what was run, and where it leaves the book's point", async () => {
  expect(await pageOf({})).toContain("<code>neurite reproduce graph48</code>");
  const html = await pageOf({ x: 2.5 });
  expect(html).toContain("<code>neurite reproduce graph48 --x 2.5</code>");
  expect(html).toContain('2.5 <span class="unjudged">(book: 1)</span>');
  expect(html).toMatch(/<th scope="row">machine<\/th><td>.+ cores?, .+ Node \d/);
});
