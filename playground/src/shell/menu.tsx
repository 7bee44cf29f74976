// On narrow screens a menu for what is seldom needed; on wide ones its content as it is.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../widgets/index.ts";

/** As in styles/frame.css. */
const NARROW = "(max-width: 78rem)";

export interface MenuProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

export function NarrowMenu({ label, children }: MenuProps) {
  const isNarrow = useIsNarrow();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = ({ target }: Event) => {
      const menu = details.current;
      if (menu && !menu.contains(target as Node)) menu.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
    };
  }, []);
  if (!isNarrow) return <>{children}</>;
  const onKeyDown = (event: KeyboardEvent) => {
    const menu = details.current;
    // Escape in a dialog that was opened from here closes the dialog alone.
    if (event.key !== "Escape" || !menu?.open || menu.querySelector("dialog[open]")) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  };
  return (
    <details ref={details} class="menu" onKeyDown={onKeyDown}>
      <summary aria-label={label} title={label} data-what="menu">
        <Icon name="menu" />
      </summary>
      <div class="menu-content">{children}</div>
    </details>
  );
}

function useIsNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const follow = () => setIsNarrow(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  return isNarrow;
}
