// The list of lessons, and the frame of a lesson.

export const lessons = {
  title: "Lessons",
  lead: "A question, your prediction, then the run that settles it.",
  noneTitle: "There is no such lesson",
  back: "All lessons",
};
