// How wide an element is, followed without reading the layout in frames.

import { useEffect, useState } from "preact/hooks";

/** In CSS pixels. @param initial until it is known */
export function useWidth(ref: { readonly current: HTMLElement | null }, initial: number): number {
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const found = Math.floor(entry?.contentRect.width ?? 0);
      if (found > 0) setWidth(found);
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
