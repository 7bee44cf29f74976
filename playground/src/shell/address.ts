// The address follows the reader, and the page the address: hash routes, and what a link brings.

import type { App } from "../app/index.ts";
import { openLink } from "../codec/index.ts";
import { parseHash } from "../state/index.ts";

export function followAddress(app: App): void {
  const go = async () => {
    const { route, query } = parseHash(location.hash);
    const link = query.get("s");
    if (link !== null) {
      const { opened, problems } = await openLink(link);
      if (opened) app.dispatch({ kind: "open", ...opened });
      for (const problem of problems) app.report(problem);
    }
    app.dispatch({ kind: "go", route });
    scrollTo(0, 0);
  };
  addEventListener("hashchange", () => void go());
  void go();
}
