// The table behind a picture: the same numbers for those who do not see it, or want to copy them.

import { useState } from "preact/hooks";
import { useFrame, useText } from "../app/index.ts";
import type { Frames } from "../client/index.ts";

export interface TableProps {
  /** What the table shows, for screen readers. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** Called only when the table is open. */
  readonly rows: () => readonly (readonly string[])[];
  /** A name for the fold; "As a table" if not given. */
  readonly summary?: string;
  readonly most?: number;
  /** Of a picture that is painted with every frame: the table follows them. */
  readonly frames?: Frames;
  /** The term that "what is this?" explains. */
  readonly what?: string;
}

export function TableAlternative(props: TableProps) {
  const text = useText("widgets");
  const [isOpen, setOpen] = useState(false);
  const { summary, what = "tableAlternative", frames } = props;
  return (
    <details
      class="table-alternative"
      data-what={what}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{summary ?? text.table}</summary>
      {isOpen && (frames ? <LiveRows {...props} frames={frames} /> : <Rows {...props} />)}
    </details>
  );
}

/** A picture that is painted frame by frame has a table that follows it, at a pace that can be read. */
function LiveRows(props: TableProps & { readonly frames: Frames }) {
  useFrame(props.frames, 5);
  // Another function each time: with the same properties nothing would be drawn anew.
  return <Rows {...props} rows={() => props.rows()} />;
}

function Rows({ caption, columns, rows, most = 200 }: TableProps) {
  const text = useText("widgets");
  const all = rows();
  return (
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
  );
}
