// The pictures of an answer by kind.

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
  }
}
