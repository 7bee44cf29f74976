// What can be wrong with an expression, as codes with data: a page words them in its reader's language.

/** The mistake in an expression. Names and signs are as they stand in the text, shortened where they are long. */
export type ExpressionFault =
  /** A sign that no expression has; `hint` says what may have been meant. */
  | { readonly code: "sign"; readonly sign: string; readonly hint: "power" | "parentheses" | null }
  /** A number, a name or "(" was expected; `received` is null at the end of the text. */
  | { readonly code: "operand"; readonly received: string | null }
  /** An operator was expected; `product` is what was meant if it is a product, as "2*x". */
  | { readonly code: "operator"; readonly received: string | null; readonly product: string | null }
  /** The name of a function without its arguments. */
  | { readonly code: "bareFunction"; readonly name: string }
  | { readonly code: "unknownFunction"; readonly name: string; readonly meant: string | null }
  | {
      readonly code: "arity";
      readonly name: string;
      readonly takes: number;
      readonly received: number;
    }
  /** An opening sign that is never closed. */
  | { readonly code: "unclosed"; readonly sign: string }
  /** A ")" that closes nothing. */
  | { readonly code: "unopened" }
  /** Something other than a name before "=". */
  | { readonly code: "equals" }
  | { readonly code: "tooLarge"; readonly number: string }
  /** More parts than `most` inside each other. */
  | { readonly code: "deep"; readonly most: number }
  /** A name that is read before the statement that gives it a value. */
  | { readonly code: "early"; readonly name: string }
  /** A name that is given a second value. */
  | { readonly code: "twice"; readonly name: string }
  /** The name of a function, given to a value. */
  | { readonly code: "reserved"; readonly name: string }
  | { readonly code: "empty" };
