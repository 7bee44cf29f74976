// What is in a data set by name, as a page: points in the plane, pictures of each class, numbers as of a table.

import type { NamedDataset } from "neurite/data";
import { labelsOf } from "neurite/inspect";
import { drawClassPoints } from "../drawings/scatter.ts";
import { elementCount } from "../files/element-count.ts";
import type { Color } from "../pictures/encode-png.ts";
import { escapeHtml } from "../report/escape.ts";
import { page, type Section } from "../report/page.ts";
import { grey, tilesUri } from "../report/tiles.ts";
import { type Shown, shownOf } from "../sources/own.ts";
import { frequentFigure } from "./column-figure.ts";
import { type PicturesFound, pictureLines, twinsTold } from "./pictures.ts";
import { tableParts } from "./table-page.ts";
import type { Described } from "./told.ts";

/** Points beyond these hide each other. */
const MOST_POINTS = 600;

export function numbersPage(head: string, data: NamedDataset, described: Described): string {
  const plane: Section[] =
    data.view === "plane" && data.classes !== null
      ? [{ title: "The examples", html: `<figure class="plane">${planeSvg(data)}</figure>` }]
      : [];
  return page({
    title: `What is in ${data.name}`,
    lead: `<p class="lead">${escapeHtml(head)}.</p>`,
    sections: [...plane, ...tableParts(described)],
  });
}

function planeSvg({ name, train, classNames }: NamedDataset): string {
  const labels = Array.from(labelsOf(train)).slice(0, MOST_POINTS);
  return drawClassPoints({
    title: `${name}: ${labels.length} examples in the plane`,
    values: train.x.data,
    ...{ labels, classNames, axes: ["x1", "x2"], lines: [] },
  });
}

/** Pictures of each class. */
const EACH = 12;

export function picturesPage(
  head: string,
  said: readonly string[],
  data: NamedDataset,
  found: PicturesFound,
): string {
  const { classes, shape, twins } = found;
  const [told] = pictureLines(found);
  const list =
    said.length === 0
      ? ""
      : `<ul>${said.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`;
  const counts = classes.map(({ name, train }) => ({ value: name, rows: train }));
  const picture = shownOf(data);
  const size = picture.height * picture.width * picture.channels;
  const isShown = data.view === "image" && size === elementCount(shape);
  const pictures: Section[] = isShown
    ? [{ title: "Pictures", html: picturesHtml(data, found, picture) }]
    : [];
  return page({
    title: `What is in ${data.name}`,
    lead: `<p class="lead">${escapeHtml(head)}; ${escapeHtml(told!)}.</p>${list}`,
    sections: [
      ...pictures,
      {
        title: "Classes",
        html: frequentFigure("Examples to learn from", "by class", counts, "examples"),
      },
      { title: "Twice", html: `<pre>${escapeHtml(twinsTold(twins).join("\n"))}</pre>` },
    ],
  });
}

function picturesHtml({ train }: NamedDataset, found: PicturesFound, picture: Shown): string {
  const { classes, means } = found;
  const { height, width, channels, white } = picture;
  const labels = labelsOf(train);
  const size = height * width * channels;
  const firsts = classes.map((_, label) => {
    const rows: number[] = [];
    for (let row = 0; row < labels.length && rows.length < EACH; row++) {
      if (labels[row] === label) rows.push(row);
    }
    return rows;
  });
  const level = (value: number) => grey(value / white)[0];
  const colorOf = (data: ArrayLike<number>, at: number): Color =>
    channels === 1
      ? grey(data[at]! / white)
      : [level(data[at]!), level(data[at + 1]!), level(data[at + 2]!)];
  const uri = tilesUri({
    count: classes.length * (EACH + 1),
    columns: EACH + 1,
    ...{ width, height, gap: 2 },
    colorAt: (tile, x, y) => {
      const [label, place] = [Math.floor(tile / (EACH + 1)), tile % (EACH + 1)];
      const at = (y * width + x) * channels;
      if (place === 0) return colorOf(means[label]!, at);
      const row = firsts[label]![place - 1];
      return row === undefined ? [128, 128, 128] : colorOf(train.x.data, row * size + at);
    },
  });
  const names = escapeHtml(classes.map(({ name }) => name).join(", "));
  return `<figure><img class="weights" src="${uri}" alt="A row of pictures for each class: its mean, then the first ${EACH}">
<figcaption>A row for each class, ${names}: its mean picture, then the first ${EACH}.</figcaption></figure>`;
}
