// The frame of every page that the command line writes: no scripts, no network, light and dark.

import { escapeHtml } from "./escape.ts";

export interface Section {
  readonly title: string;
  readonly html: string;
}

export interface Page {
  readonly title: string;
  /** HTML under the title. */
  readonly lead: string;
  readonly sections: readonly Section[];
}

export function page({ title, lead, sections }: Page): string {
  const body = sections.map(
    ({ title: name, html }) => `<section>\n<h2>${escapeHtml(name)}</h2>\n${html}\n</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="neurite">
<title>${escapeHtml(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${lead}
${body.join("\n")}
</main>
</body>
</html>
`;
}

/** The colours of everything, in light and in dark. */
export const COLORS_CSS = `:root {
  color-scheme: light dark;
  --ground: #ffffff; --card: #f6f7f9; --ink: #1c2430; --faint: #5b6675; --line: #d8dde5;
  --right: #2563eb; --wrong: #dc2626; --first: #2563eb; --second: #c2410c; --shade: rgb(28 36 48 / .28);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12161c; --card: #1b212a; --ink: #e8ecf2; --faint: #a3aebd; --line: #333c49;
    --right: #3b82f6; --wrong: #ef4444; --first: #60a5fa; --second: #fb923c; --shade: rgb(0 0 0 / .7);
  }
}`;

const STYLE = `${COLORS_CSS}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 17px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: clamp(1.5rem, 4.5vw, 2.4rem); line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; }
p, .lead { max-width: 48rem; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0; padding: 0; list-style: none; }
.facts b { display: block; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.facts li { color: var(--faint); } .facts b { color: var(--ink); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem; }
figure svg { display: block; width: 100%; height: auto; max-width: 100%; }
figure.plane { max-width: 42rem; }
figcaption { color: var(--faint); font-size: .95rem; }
figcaption strong, figcaption b { color: var(--ink); }
.key { margin-left: .9rem; white-space: nowrap; }
.key::before { content: ""; display: inline-block; width: 1.4rem; margin-right: .35rem; vertical-align: .22rem;
  border-top: 3px solid var(--first); }
.key.second::before { border-top: 3px dashed var(--second); }
.swatch { display: inline-block; width: .9rem; height: .9rem; border-radius: .2rem; vertical-align: -.1rem; }
.swatch.red { background: #b2182b; } .swatch.blue { background: #2166ac; } .swatch.orange { background: #f59322; }
.said { white-space: nowrap; }
/* A shadow at the edge behind which there is more. */
.wide { --under: var(--ground); } pre, figure .wide { --under: var(--card); }
.wide, pre { overflow-x: auto; background-attachment: local, local, scroll, scroll;
  background-image: linear-gradient(to right, var(--under) 45%, transparent), linear-gradient(to left, var(--under) 45%, transparent),
    linear-gradient(to right, var(--shade), transparent), linear-gradient(to left, var(--shade), transparent);
  background-position: left, right, left, right; background-repeat: no-repeat;
  background-size: 2rem 100%, 2rem 100%, .8rem 100%, .8rem 100%; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.hint { color: var(--faint); margin: .5rem 0; }
th, td { padding: .3rem .55rem; text-align: right; }
.confusion td { border: 1px solid var(--line); min-width: 2.6rem; }
.confusion thead td, .confusion td.score, .confusion td:empty { border: 0; }
.confusion td.score { color: var(--faint); font-size: .9rem; white-space: nowrap; }
.confusion .right { background: color-mix(in srgb, var(--right) var(--share), var(--ground)); font-weight: 600; }
.confusion .wrong { background: color-mix(in srgb, var(--wrong) var(--share), var(--ground)); }
.confusion .none { color: color-mix(in srgb, var(--faint) 55%, var(--ground)); }
img { max-width: 100%; image-rendering: pixelated; }
img.weights { display: block; width: 100%; max-width: 46rem; margin: 0 auto .6rem; border-radius: .3rem; }
img.digit { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; border-radius: .3rem; margin-bottom: .4rem; }
img.kernels { display: block; width: 100%; max-width: 40rem; margin-bottom: .6rem; border-radius: .3rem; }
img.matrix { display: block; width: 100%; min-width: 40rem; margin-bottom: .6rem; border-radius: .3rem; }
figure + figure { margin-top: 1rem; } .pair figure + figure { margin-top: 0; }
details.maps { border-top: 1px solid var(--line); } details.maps .pair { margin-bottom: 1rem; }
details.maps summary { display: flex; align-items: center; gap: .8rem; margin: 0; padding: .5rem 0; font-weight: 400; }
details.maps summary img { width: 3.5rem; border-radius: .3rem; } .maps small { color: var(--faint); }
details.maps summary::after { content: "+"; margin-left: auto; padding: 0 .5rem; font-size: 1.4rem; color: var(--faint); }
details.maps[open] summary::after { content: "\\2212"; }
.maps figure img { display: block; width: 100%; margin-bottom: .4rem; border-radius: .2rem; }
.grids { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); margin-bottom: 1rem; }
.responses td { padding: .15rem; min-width: 4.2rem; } .responses svg, .responses img { display: block; width: 100%; }
.mistakes { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); }
.mistakes figure { padding: .5rem; }
.mistakes figcaption { font-size: .9rem; line-height: 1.35; }
pre { background-color: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem;
  overflow-x: auto; font: .9rem/1.45 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; }
code { font: .93em ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; }
details summary { cursor: pointer; font-weight: 600; margin: 2rem 0 .5rem; }
@media (max-width: 40rem) {
  .confusion { font-size: .72rem; } .confusion th, .confusion td { padding: .3rem .15rem; min-width: 1.7rem; }
  .confusion td.score { font-size: .66rem; } .confusion tr > th:first-child { white-space: normal; }
}
figure.graph svg { width: auto; max-width: none; margin: 0 auto; }
.on-narrow { display: none; }
@media (max-width: 40rem) { .on-wide { display: none; } .on-narrow { display: block; } }
.numbers { margin: .6rem 0 1.4rem; }
.numbers td, .numbers th { text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
.numbers td { white-space: pre; font: .85rem/1.4 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; }
.curve-key { display: inline-block; margin-right: .9rem; } figure svg.sample { display: inline-block; width: 1.9rem; height: .9rem;
  margin-right: .35rem; vertical-align: -.1rem; }
.claims { width: 100%; } .claims th, .claims td, .facts-of-run th, .facts-of-run td { vertical-align: top; border-bottom: 1px solid var(--line); }
.claims th:first-child, .facts-of-run th, .facts-of-run td { text-align: left; } .claims tbody th, .facts-of-run th { font-weight: 400; }
.claims tr > :last-child { text-align: left; white-space: nowrap; } .facts-of-run th { color: var(--faint); }
.remark { margin: .2rem 0 0; color: var(--faint); font-size: .9rem; max-width: 34rem; }
.holds { color: var(--right); } .off { color: var(--wrong); font-weight: 600; } .unjudged { color: var(--faint); }
@media (max-width: 40rem) {
  .claims thead { display: none; } .claims tr { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .claims th, .claims td { border: 0; padding: 0; overflow-wrap: anywhere; white-space: normal; } .claims th { flex-basis: 100%; }
  .claims td:empty { display: none; } .claims td[data-label]::before { content: attr(data-label) " "; color: var(--faint); }
}
@media print { body { font-size: 11pt; } section { break-inside: avoid; } }`;
