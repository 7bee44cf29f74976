// What is imported that is no TypeScript.

declare module "*.css" {}

declare module "*.tex" {
  /** HTML by notation, made in the build: see build/tex.ts. */
  export const formula: Readonly<Record<"nielsen" | "nndl" | "mazur", string>>;
}
