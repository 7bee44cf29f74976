// The parts of the page, in the order of the tabs.

export const TABS = ["activations", "losses", "softmax", "landscapes", "differences"] as const;

export type TabName = (typeof TABS)[number];
