// What a page is to the shell.

import type { ComponentType } from "preact";
import type { TextPart } from "../text/catalogue.ts";

export interface PageProps {
  /** Of a lesson. */
  readonly id?: string | undefined;
  /** Of a lesson, from 1. */
  readonly step?: number | undefined;
}

/** A page with what must be loaded before it is drawn. */
export interface PageEntry {
  readonly load: () => Promise<ComponentType<PageProps>>;
  readonly texts: readonly TextPart[];
}
