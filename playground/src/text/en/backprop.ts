// The backpropagation page.

export const backprop = {
  title: "Backpropagation",
  lead: "Forwards and backwards through a formula, op by op.",
};
