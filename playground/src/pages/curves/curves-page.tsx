// The page `#/curves`: functions of one number, softmax, and landscapes, a tab each. `#/curves/losses` opens one.

import type { ComponentType } from "preact";
import { useText } from "../../app/index.ts";
import { hashOf } from "../../state/index.ts";
import type { PageProps } from "../page.ts";
import { ActivationsPanel } from "./activations/activations-panel.tsx";
import { DifferencesPanel } from "./differences/differences-panel.tsx";
import { LandscapePanel } from "./landscape/landscape-panel.tsx";
import { LossesPanel } from "./losses/losses-panel.tsx";
import { SoftmaxPanel } from "./softmax/softmax-panel.tsx";
import { TABS, type TabName } from "./tabs.ts";
import "./curves.css";

const PANELS: Readonly<Record<TabName, ComponentType>> = {
  landscapes: LandscapePanel,
  activations: ActivationsPanel,
  losses: LossesPanel,
  softmax: SoftmaxPanel,
  differences: DifferencesPanel,
};

/** What each tab is about: the term of all in it that has none of its own. */
const TAB_TERMS: Readonly<Record<TabName, string>> = {
  landscapes: "lossSurface",
  activations: "activationFunction",
  losses: "loss",
  softmax: "softmax",
  differences: "difference",
};

export function CurvesPage({ id }: PageProps) {
  const text = useText("curves");
  const tab = TABS.find((name) => name === id) ?? TABS[0]!;
  const Panel = PANELS[tab];
  return (
    <article class="page curves-page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
      <nav class="curves-tabs" aria-label={text.tabsLabel}>
        {TABS.map((name) => (
          <a
            key={name}
            id={`curves-tab-${name}`}
            data-what={TAB_TERMS[name]}
            href={hashOf({ page: "curves", id: name })}
            aria-current={name === tab ? "page" : undefined}
          >
            {text.tabs[name]}
          </a>
        ))}
      </nav>
      <p class="tab-lead">{text.tabLeads[tab]}</p>
      <div data-what={TAB_TERMS[tab]}>
        <Panel />
      </div>
    </article>
  );
}
