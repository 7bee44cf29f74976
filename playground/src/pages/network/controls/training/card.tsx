// A card of controls with its heading.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
  readonly title: string;
  /** What "what is this?" explains of controls that have no term of their own. */
  readonly what: string;
  readonly children: ComponentChildren;
}

export function Card({ title, what, children }: Props) {
  const id = useId();
  return (
    <section class="training-card" data-what={what} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
