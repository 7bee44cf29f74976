// The map of the notes.

export const map = {
  title: "Map of the notes",
  lead: "Every section with the lesson or the page where it comes alive.",
};
