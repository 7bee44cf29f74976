// A table of an answer: numbers, or names out of the lesson's words.

import { useId } from "preact/hooks";
import { formatGiven } from "../../../text/numbers.ts";
import type { ViewProps } from "./view.ts";

export function TableView({ view, answer, words, isVeiled }: ViewProps<"table">) {
  const id = useId();
  const rows = answer.tables?.[view.of] ?? [];
  const text = words.tables![view.of]!;
  const show = (cell: number | string) => {
    if (isVeiled) return "?";
    return typeof cell === "number" ? formatGiven(cell, view.digits) : (words.names[cell] ?? cell);
  };
  return (
    <div>
      {/* Outside of the box, so that it folds where the table scrolls. */}
      <p class="table-caption" id={id}>
        {text.caption}
      </p>
      <section class="table-scroll lesson-table" tabIndex={0} aria-labelledby={id}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              {text.rows && <td />}
              {text.columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={String(i)}>
                {text.rows && (
                  <th scope="row" class={isShort(text.rows[i]!) ? "is-short" : ""}>
                    {text.rows[i]}
                  </th>
                )}
                {row.map((cell, j) => (
                  <td key={text.columns[j]}>{show(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** A short name would gain nothing by being folded. */
function isShort(name: string): boolean {
  return name.length <= 12;
}
