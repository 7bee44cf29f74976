// The pictures of an answer by kind.

import type { ComponentChild } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { View } from "../../../lessons/index.ts";
import { CurvesView } from "./curves.tsx";
import { NetView } from "./net.tsx";
import { NumbersView } from "./numbers.tsx";
import { PlaneView } from "./plane.tsx";
import { TableView } from "./table.tsx";
import type { ViewProps } from "./view.ts";

/** A kind that has no row here is a compile error. */
export function AnswerView({ view, ...rest }: ViewProps<View["kind"]>) {
  switch (view.kind) {
    case "numbers":
      return <NumbersView view={view} {...rest} />;
    case "curves":
      return <CurvesView view={view} {...rest} />;
    case "table":
      return <TableView view={view} {...rest} />;
    case "net":
      return <NetView view={view} {...rest} />;
    case "plane":
      return <PlaneView view={view} {...rest} />;
    case "graph":
      return <Later load={GRAPH} view={view} {...rest} />;
    case "surface":
      return <Later load={SURFACE} view={view} {...rest} />;
  }
}

/** What few lessons show comes with them. */
const GRAPH = async () => (await import("./graph.tsx")).GraphOfAnswer;
const SURFACE = async () => (await import("./surface.tsx")).SurfaceOfAnswer;

type Shown<K extends View["kind"]> = (props: ViewProps<K>) => ComponentChild;

function Later<K extends View["kind"]>({
  load,
  ...props
}: ViewProps<K> & { readonly load: () => Promise<Shown<K>> }) {
  const [Loaded, setLoaded] = useState<Shown<K> | null>(null);
  useEffect(() => {
    void load().then((shown) => setLoaded(() => shown));
  }, [load]);
  return Loaded && <Loaded {...(props as unknown as ViewProps<K>)} />;
}
