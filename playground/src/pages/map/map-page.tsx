// The page `#/map`: every section of the notes with its lessons and pages, or the command that computes it.

import { useEffect, useState } from "preact/hooks";
import { useSlice, useText } from "../../app/index.ts";
import { hasLesson, loadWords } from "../../lessons/index.ts";
import { hashOf } from "../../state/index.ts";
import { PAGE_TERMS } from "../../text/page-terms.ts";
import { type MapSection, NOTES } from "./sections.ts";
import "./map.css";

const ALL = Object.values(NOTES).flat();
const LESSONS = [...new Set(ALL.flatMap(({ lessons }) => lessons))].filter(hasLesson);

export function MapPage() {
  const text = useText("map");
  const titles = useTitles();
  // On a phone the notes are folded: what is in them is longer than ten screens.
  const [isNarrow] = useState(() => matchMedia("(max-width: 40rem)").matches);
  const withLesson = ALL.filter(({ lessons }) => lessons.some(hasLesson)).length;
  return (
    <article class="page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        <p class="note">{text.counted(withLesson, ALL.length)}</p>
      </header>
      <div class="map" data-what="pageMap">
        {Object.entries(NOTES).map(([note, sections]) => (
          <section key={note} aria-labelledby={`note-${note}`}>
            <details open={!isNarrow}>
              <summary>
                <h2 id={`note-${note}`}>{text.notes[note as keyof typeof text.notes]}</h2>
              </summary>
              <ul>
                {sections.map((section) => (
                  <Section key={section.key} section={section} titles={titles} />
                ))}
              </ul>
            </details>
          </section>
        ))}
      </div>
    </article>
  );
}

interface SectionProps {
  readonly section: MapSection;
  readonly titles: ReadonlyMap<string, string>;
}

function Section({ section: { key, lessons, pages, command }, titles }: SectionProps) {
  const text = useText("map");
  const shell = useText("shell");
  return (
    <li>
      <h3>{text.sections[key as keyof typeof text.sections]}</h3>
      <p data-what="pageLessons">
        {lessons.filter(hasLesson).map((id) => (
          <a key={id} class="to-lesson" href={hashOf({ page: "lesson", id })}>
            {text.lesson(titles.get(id) ?? id)}
          </a>
        ))}
        {pages.map((page) => (
          <a
            key={page}
            data-what={PAGE_TERMS[page as keyof typeof PAGE_TERMS]}
            href={hashOf({ page })}
          >
            {text.page(shell.pages[page as keyof typeof shell.pages])}
          </a>
        ))}
        {command !== undefined && (
          <span>
            {text.byCommand}
            <code>{command}</code>
          </span>
        )}
      </p>
    </li>
  );
}

/** The titles of lessons in the reader's language, as they come in. */
function useTitles(): ReadonlyMap<string, string> {
  const language = useSlice((state) => state.language);
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let isCurrent = true;
    const load = LESSONS.map(async (id) => [id, (await loadWords(id, language)).title] as const);
    void Promise.all(load).then((pairs) => {
      if (isCurrent) setTitles(new Map(pairs));
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return titles;
}
