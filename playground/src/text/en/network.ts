// The network page: its places and what they show. Controls have their own file.

export const network = {
  title: "Network",
  lead: "Build a network, train it, look inside.",
  present: "Present",
  data: "Data",
  net: "Network",
  output: "Output",
  training: "Training",
  shelf: "Runs",
  region: "Output on the plane",
};
