// The playground begins here.

import { render } from "preact";
import { AppContext, makeApp } from "./app/index.ts";
import { SESSION_STORE, startWorker } from "./client/index.ts";
import { followAddress } from "./shell/address.ts";
import { followPreferences, initialState } from "./shell/preferences.ts";
import { Shell } from "./shell/shell.tsx";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/widgets.css";

const app = makeApp(initialState(), startWorker, SESSION_STORE);
await app.loadTexts([]);
followPreferences(app, () => {
  const shell = app.texts.value.shell;
  const { page } = app.state.value.route;
  if (!shell) return "Neurite";
  const name = shell.pages[page === "lesson" ? "lessons" : (page as keyof typeof shell.pages)];
  return page === "start" || !name ? `${shell.name} · ${shell.tagline}` : `${name} · ${shell.name}`;
});
followAddress(app);
render(
  <AppContext.Provider value={app}>
    <Shell />
  </AppContext.Provider>,
  document.getElementById("app")!,
);
