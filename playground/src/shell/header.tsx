// The header: navigation, and how things are shown.

import { useEffect, useRef } from "preact/hooks";
import { useApp, useSlice, useText } from "../app/index.ts";
import { hashOf, NOTATIONS, type PageName, THEMES } from "../state/index.ts";
import { PAGE_TERMS } from "../text/page-terms.ts";
import { Choice } from "../widgets/index.ts";
import { NarrowMenu } from "./menu.tsx";
import { ShareButton } from "./share/share-button.tsx";
import { UndoButtons } from "./undo-buttons.tsx";

const LINKS = ["start", "lessons", "network", "backprop", "curves", "map"] as const;

export function Header() {
  const app = useApp();
  const text = useText("shell");
  const { route, language, theme, notation } = useSlice(preferencesOf);
  const links = useRef<HTMLUListElement>(null);
  // On narrow screens the row of links scrolls: the current one is to be seen.
  useEffect(() => {
    const list = links.current!;
    const link = list.querySelector<HTMLElement>("[aria-current]");
    if (link) list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
  }, [route.page, language]);
  return (
    <header class="site-header">
      <a class="brand" data-what={PAGE_TERMS.start} href={hashOf({ page: "start" })}>
        {text.name}
      </a>
      <nav aria-label={text.navigation}>
        <ul ref={links}>
          {LINKS.map((page) => (
            <li key={page}>
              <a
                data-what={PAGE_TERMS[page]}
                href={hashOf({ page })}
                aria-current={isCurrent(route.page, page) ? "page" : undefined}
              >
                {text.pages[page]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="preferences">
        <NarrowMenu label={text.more}>
          <Choice
            label={text.notation}
            isCompact
            what="notation"
            value={notation}
            options={NOTATIONS.map((name) => [name, text.notations[name]] as const)}
            onChange={(value) => app.dispatch({ kind: "prefer", change: { notation: value } })}
          />
          <Choice
            label={text.theme}
            isCompact
            what="theme"
            value={theme}
            options={THEMES.map((name) => [name, text.themes[name]] as const)}
            onChange={(value) => app.dispatch({ kind: "prefer", change: { theme: value } })}
          />
          <ShareButton />
        </NarrowMenu>
        <UndoButtons />
        <button
          type="button"
          class="help"
          data-what="whatIsThis"
          aria-label={text.whatIsThis}
          title={`${text.whatIsThis} (?)`}
          aria-pressed={app.isHelping.value}
          onClick={() => {
            app.isHelping.value = !app.isHelping.value;
            if (app.isHelping.value) app.announcer.show(text.whatIsThisHint);
          }}
        >
          ?
        </button>
        <button
          type="button"
          class="language"
          lang={language === "en" ? "zh" : "en"}
          data-what="language"
          onClick={() =>
            app.dispatch({ kind: "prefer", change: { language: language === "en" ? "zh" : "en" } })
          }
        >
          {text.otherLanguage}
        </button>
      </div>
    </header>
  );
}

function isCurrent(page: PageName, link: PageName): boolean {
  return page === link || (page === "lesson" && link === "lessons");
}

function preferencesOf(state: ReturnType<typeof useApp>["state"]["value"]) {
  return state;
}
