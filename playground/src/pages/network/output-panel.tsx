// The right column: what the network answers on the plane, and how well.

import { useText, useViews } from "../../app/index.ts";
import type { Training } from "../../client/index.ts";
import type { ViewRequest } from "../../protocol/index.ts";
import { type MapValues, RegionMap } from "../../widgets/index.ts";

const VIEWS: Readonly<Record<string, ViewRequest>> = {
  region: { view: "plane", layer: "output", cells: 60 },
};

export function OutputPanel({ training }: { readonly training: Training }) {
  const text = useText("network");
  useViews(training, VIEWS);
  const { frames } = training;
  const info = frames.info.value;
  if (!info?.window) return null;
  const { classes, train } = info.data;
  const map = (): MapValues | null => {
    const view = frames.current?.views["region"];
    const values = view?.view === "plane" ? view.layers["output"] : undefined;
    if (view?.view !== "plane" || !values) return null;
    const one = classes === null ? "signed" : "probability";
    const isOne = values.length === view.cells ** 2;
    return { cells: view.cells, values, kind: isOne ? one : "classes" };
  };
  return (
    <RegionMap
      label={text.region}
      what="decisionRegion"
      frames={frames}
      map={map}
      window={info.window}
      train={train}
      classes={classes}
    />
  );
}
