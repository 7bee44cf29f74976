/** How long the workers of a browser have had a processor: where others want it too, that is what can be compared. */

import { readdirSync, readFileSync } from "node:fs";

const read = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // it has ended meanwhile
  }
};

/** The processes that a process has started, and theirs. */
function familyOf(pid) {
  const children = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/\) . (\d+)/.exec(read(`/proc/${name}/stat`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family = [pid];
  for (const one of family) family.push(...(children.get(one) ?? []));
  return family;
}

/** Seconds of processor time of all workers in a browser, by its process; NaN where the system does not tell. */
export function workerSeconds(pid) {
  if (process.platform !== "linux") return Number.NaN;
  let nanoseconds = 0;
  for (const one of familyOf(pid)) {
    const threads = `/proc/${one}/task`;
    for (const thread of read(`/proc/${one}/stat`) ? readdirSync(threads) : []) {
      if (!read(`${threads}/${thread}/comm`).startsWith("DedicatedWorker")) continue;
      nanoseconds += Number(read(`${threads}/${thread}/schedstat`).split(" ")[0]);
    }
  }
  return nanoseconds / 1e9;
}
