// The frame of all pages: header, the page, notes, the live region, "what is this?".

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useApp, useSlice, useText } from "../app/index.ts";
import { PAGES } from "../pages/index.ts";
import type { PageProps } from "../pages/page.ts";
import { Boundary } from "./boundary.tsx";
import { Header } from "./header.tsx";
import { useKeys } from "./keys.ts";
import { Notes } from "./notes.tsx";
import { WhatIsThis } from "./what-is-this.tsx";

export function Shell() {
  const text = useText("shell");
  const { announcer } = useApp();
  const isEmbedded = useSlice((state) => state.embed);
  useKeys();
  return (
    <>
      {!isEmbedded && (
        <button type="button" class="skip" onClick={skip}>
          {text.skip}
        </button>
      )}
      {!isEmbedded && <Header />}
      <main id="main" tabIndex={-1}>
        <CurrentPage />
      </main>
      {isEmbedded && <OpenHere />}
      <Notes />
      <WhatIsThis />
      <p class="visually-hidden" role="status" aria-live="polite">
        {announcer.spoken.value}
      </p>
    </>
  );
}

/** Leads from a course page to the same place, whole. */
function OpenHere() {
  const text = useText("shell");
  const url = new URL(location.href);
  url.searchParams.delete("embed");
  return (
    <a class="open-here" href={url.href} target="_blank" rel="noopener">
      {text.openHere}
    </a>
  );
}

/** The hash is the router's, so that a link to #main would lead to no page. */
function skip(): void {
  document.getElementById("main")?.focus();
}

/** Loads the page of the route with its texts, and draws the last one until it is there. */
function CurrentPage() {
  const app = useApp();
  const text = useText("shell");
  const route = useSlice((state) => state.route);
  const [shown, setShown] = useState<{ Page: ComponentType<PageProps>; key: string } | null>(null);
  // The tabs of a page are one page, which keeps the focus where it is.
  const key = `${route.page} ${route.page === "lesson" ? (route.id ?? "") : ""}`;
  useEffect(() => {
    let isCurrent = true;
    const entry = PAGES[route.page];
    Promise.all([entry.load(), app.loadTexts(entry.texts)]).then(
      ([Page]) => {
        if (isCurrent) setShown({ Page, key });
      },
      (error: unknown) => app.announcer.show(text.pageFailed(String(error))),
    );
    return () => {
      isCurrent = false;
    };
  }, [app, route.page, key, text]);
  if (!shown) return <p class="loading">{text.loading}</p>;
  return (
    <Boundary key={shown.key}>
      <shown.Page id={route.id} step={route.step} />
    </Boundary>
  );
}
