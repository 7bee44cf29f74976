// The ops that not every network is made of are fetched for those that are, and with them what an engine has of
// them.

let fetchAll = async (): Promise<void> => {
  await import("./whole.ts");
};

/** Says what brings all ops, and more. */
export function fetchOpsBy(fetch: () => Promise<void>): void {
  fetchAll = fetch;
}

/** Resolves when all ops are there. */
export async function fetchOps(): Promise<void> {
  await fetchAll();
}
