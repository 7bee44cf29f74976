// The page `#/network`.

import { useText } from "../../app/index.ts";

export function NetworkPage() {
  const text = useText("network");
  return (
    <article class="page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
    </article>
  );
}
