// What stands at an address that leads nowhere.

import { useText } from "../app/index.ts";
import { hashOf } from "../state/index.ts";

export function MissingPage() {
  const text = useText("shell");
  return (
    <article class="page prose">
      <h1>{text.missingTitle}</h1>
      <p>{text.missingText}</p>
      <p>
        <a data-what="pageStart" href={hashOf({ page: "start" })}>
          {text.toStart}
        </a>
      </p>
    </article>
  );
}
