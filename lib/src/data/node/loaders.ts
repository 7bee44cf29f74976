// The data sets of this folder by name, for `loadData`.

import { type DataLoaders, numbered } from "../registry.ts";
import { IRIS_SPECIES, loadIris } from "./iris.ts";
import { loadMnist } from "./mnist.ts";

/** What `loadData` can load from installed packages: mnist, and iris with 120 flowers to learn from. */
export const NODE_DATA: DataLoaders = {
  mnist: async () => ({ ...(await loadMnist()), view: "image", classNames: numbered(10) }),
  iris: ({ seed }) => ({
    ...loadIris({ seed, sizes: [120, 0, 30] }),
    view: "table",
    classNames: IRIS_SPECIES,
  }),
};
