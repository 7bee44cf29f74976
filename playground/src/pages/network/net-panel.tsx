// The middle column: the network itself.

import type { Training } from "../../client/index.ts";

export function NetPanel(_: { readonly training: Training }) {
  return null;
}
