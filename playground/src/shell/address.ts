// The address follows the reader, and the page the address: hash routes, and what a link brings.

import type { App } from "../app/index.ts";
import { type LinkWeights, openLink } from "../codec/index.ts";
import { parseHash } from "../state/index.ts";

/** As the worker takes them. */
function weightsOf(weights: LinkWeights): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, numbers]) => [name, Float32Array.from(numbers)]),
  );
}

export function followAddress(app: App): void {
  const go = async () => {
    const { route, query } = parseHash(location.hash);
    const link = query.get("s");
    if (link !== null) {
      const { opened, problems } = await openLink(link);
      if (opened) {
        const { settings, view, teacher, weights } = opened;
        // With weights of its own the run is loaded here: the page finds it under its settings.
        if (weights) app.training().load(settings, weightsOf(weights));
        app.dispatch({ kind: "open", settings, view, teacher });
      }
      for (const problem of problems) app.report(problem);
    }
    app.dispatch({ kind: "go", route });
    scrollTo(0, 0);
  };
  addEventListener("hashchange", () => void go());
  void go();
}
