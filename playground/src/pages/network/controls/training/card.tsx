// A card of controls with its heading.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Card({ title, children }: Props) {
  const id = useId();
  return (
    <section class="training-card" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
