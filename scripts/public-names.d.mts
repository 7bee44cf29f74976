/** Types of public-names.mjs, for the tests. */

/** A name that a subpath exports; a namespace has members instead of a doc and a declaration. */
export interface PublicName {
  readonly kind: "function" | "class" | "const" | "interface" | "type" | "namespace";
  readonly file: string;
  readonly doc?: string;
  readonly declaration?: string;
  readonly members?: ReadonlyMap<string, PublicName>;
}

export function entries(): { readonly subpath: string; readonly file: string }[];
export function build(): void;
export function namesOf(file: string): Map<string, PublicName>;
