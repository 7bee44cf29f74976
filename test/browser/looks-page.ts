/** The page of `looks.test.ts`: offers what looks inside give here. */
import { type Looks, looks } from "./looks.ts";

declare global {
  var neuriteLooks: () => Promise<Looks>;
}
globalThis.neuriteLooks = looks;
