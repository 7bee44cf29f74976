// What is imported that is no TypeScript.

declare module "*.css" {}

declare module "*.tex" {
  /** HTML by notation, made in the build: see build/tex.ts. */
  export const formula: Readonly<Record<"nielsen" | "nndl" | "mazur", string>>;
}

interface ImportMeta {
  /** Vite's: the modules that a pattern names, each loaded when it is asked for. */
  glob<T>(
    pattern: string,
    options?: { readonly query?: string; readonly import: string },
  ): Readonly<Record<string, () => Promise<T>>>;
}
