// The page `#/backprop`.

import { useText } from "../../app/index.ts";

export function BackpropPage() {
  const text = useText("backprop");
  return (
    <article class="page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
    </article>
  );
}
