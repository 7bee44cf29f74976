// What a way to a page is called where "what is this?" asks: the term of each page.

export const PAGE_TERMS = {
  start: "pageStart",
  lessons: "pageLessons",
  network: "pageNetwork",
  backprop: "pageBackprop",
  curves: "pageCurves",
  map: "pageMap",
} as const;
