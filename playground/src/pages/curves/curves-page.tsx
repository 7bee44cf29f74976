// The page `#/curves`.

import { useText } from "../../app/index.ts";

export function CurvesPage() {
  const text = useText("curves");
  return (
    <article class="page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
    </article>
  );
}
