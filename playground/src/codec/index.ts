// Settings and weights as text: in the address, in files, in what a browser keeps.

export type { Json } from "./difference.ts";
export { type OpenedDocument, openDocument } from "./document.ts";
export {
  type LinkContent,
  type LinkWeights,
  MOST_LETTERS,
  makeLink,
  type Opened,
  openLink,
  SAFE_LETTERS,
} from "./link.ts";
export { LIMITS, Reader, readSettings, treeOf } from "./read-settings.ts";
export { packWeights, unpackWeights } from "./weights.ts";
