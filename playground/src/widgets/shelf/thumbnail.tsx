// A small picture of what a network answers on the plane.

import { useEffect, useRef } from "preact/hooks";
import { useSlice } from "../../app/index.ts";
import { type MapValues, paintMap } from "../region/paint.ts";
import { paletteOf } from "../region/palette.ts";

export interface ThumbnailProps {
  readonly label: string;
  readonly map: MapValues;
}

export function Thumbnail({ label, map }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSlice((state) => state.theme);
  useEffect(() => {
    if (canvas.current) paintMap(canvas.current, map, paletteOf(canvas.current));
  }, [map, theme]);
  return <canvas ref={canvas} class="thumbnail" role="img" aria-label={label} />;
}
