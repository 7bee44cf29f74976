// The table behind a picture: the same numbers for those who do not see it, or want to copy them.

import { useState } from "preact/hooks";
import { useText } from "../app/index.ts";

export interface TableProps {
  /** What the table shows, for screen readers. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** Called only when the table is open. */
  readonly rows: () => readonly (readonly string[])[];
  /** A name for the fold; "As a table" if not given. */
  readonly summary?: string;
  readonly most?: number;
  /** The term that "what is this?" explains. */
  readonly what?: string;
}

export function TableAlternative(props: TableProps) {
  const { caption, columns, rows, summary, most = 200, what = "tableAlternative" } = props;
  const text = useText("widgets");
  const [isOpen, setOpen] = useState(false);
  const all = isOpen ? rows() : [];
  return (
    <details
      class="table-alternative"
      data-what={what}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{summary ?? text.table}</summary>
      {isOpen && (
        <section class="table-scroll" tabIndex={0} aria-label={caption}>
          <table>
            <caption>{caption}</caption>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {all.slice(0, most).map((row, i) => (
                <tr key={`${i} ${row[0]}`}>
                  {row.map((cell, j) => (
                    <td key={columns[j]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {all.length > most && <p>{text.rowsShown(most, all.length)}</p>}
        </section>
      )}
    </details>
  );
}
