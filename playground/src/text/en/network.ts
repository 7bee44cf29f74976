// The network page.

export const network = {
  title: "Network",
  lead: "Build a network, train it, look inside.",
};
