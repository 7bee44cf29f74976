// Links: settings as a text in the address.

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
export { LIMITS } from "./read-settings.ts";
