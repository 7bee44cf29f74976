// The pages by name. Each is a chunk of its own.

import type { PageName } from "../state/index.ts";
import type { PageEntry } from "./page.ts";

export const PAGES: Readonly<Record<PageName, PageEntry>> = {
  start: {
    load: async () => (await import("./start/start-page.tsx")).StartPage,
    texts: ["start"],
  },
  lessons: {
    load: async () => (await import("./lessons/lessons-page.tsx")).LessonsPage,
    texts: ["lessons"],
  },
  lesson: {
    load: async () => (await import("./lesson/lesson-page.tsx")).LessonPage,
    // Some lessons show what the page of backpropagation does, in its words.
    texts: ["lessons", "backprop"],
  },
  network: {
    load: async () => (await import("./network/network-page.tsx")).NetworkPage,
    texts: ["network", "controls"],
  },
  backprop: {
    load: async () => (await import("./backprop/backprop-page.tsx")).BackpropPage,
    texts: ["backprop"],
  },
  curves: {
    load: async () => (await import("./curves/curves-page.tsx")).CurvesPage,
    texts: ["curves"],
  },
  map: { load: async () => (await import("./map/map-page.tsx")).MapPage, texts: ["map"] },
  missing: {
    load: async () => (await import("./missing-page.tsx")).MissingPage,
    texts: [],
  },
};
