// As default-engine.ts, for entry points that are to be small: what few programs need is fetched for those.

import { defaultEngine } from "../../engines/choose.ts";
import { fetchOpsBy } from "../../ops/fetch.ts";
import { setDefaultEngine } from "./current.ts";

setDefaultEngine(defaultEngine);
fetchOpsBy(async () => {
  await import("../../engines/whole.ts");
});
