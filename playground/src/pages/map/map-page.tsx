// The page `#/map`.

import { useText } from "../../app/index.ts";

export function MapPage() {
  const text = useText("map");
  return (
    <article class="page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
    </article>
  );
}
