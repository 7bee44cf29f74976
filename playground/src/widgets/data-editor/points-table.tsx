// The points of one's own as a table, which is an editor too.

import { useState } from "preact/hooks";
import { useText } from "../../app/index.ts";
import type { OwnPoint } from "../../state/index.ts";
import { NumberField } from "../number-field.tsx";

export interface PointsTableProps {
  readonly names: readonly string[];
  readonly points: readonly OwnPoint[];
  readonly classes: number | null;
  readonly onChange: (points: readonly OwnPoint[], gesture: string) => void;
}

const PAGE = 12;

export function PointsTable({ names, points, classes, onChange }: PointsTableProps) {
  const text = useText("controls").pointsTable;
  const [isOpen, setOpen] = useState(false);
  const [page, setPage] = useState(0);
  const pages = Math.max(Math.ceil(points.length / PAGE), 1);
  const first = Math.min(page, pages - 1) * PAGE;
  const put = (at: number, point: OwnPoint, gesture: string) =>
    onChange(
      points.map((old, i) => (i === at ? point : old)),
      gesture,
    );
  const add = () => {
    onChange([...points, { x: names.map(() => 0), y: 0 }], "add a row");
    setPage(Math.floor(points.length / PAGE));
  };
  return (
    <details class="table-alternative" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.title(points.length)}</summary>
      {isOpen && (
        <section class="points-table" aria-label={text.title(points.length)}>
          <table>
            <thead>
              <tr>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                <th scope="col">{classes === null ? "y" : text.class}</th>
                <th scope="col">
                  <span class="visually-hidden">{text.remove("")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {points.slice(first, first + PAGE).map((point, i) => (
                <tr key={first + i}>
                  {names.map((name, j) => (
                    <td key={name}>
                      <NumberField
                        isSetting
                        isCompact
                        label={text.cell(name, first + i + 1)}
                        value={point.x[j]!}
                        step={0.1}
                        min={-1e6}
                        max={1e6}
                        onChange={(value, gesture) =>
                          put(first + i, { ...point, x: point.x.with(j, value) }, gesture)
                        }
                      />
                    </td>
                  ))}
                  <td>
                    <NumberField
                      isSetting
                      isCompact
                      label={text.cell(classes === null ? "y" : text.class, first + i + 1)}
                      value={point.y}
                      min={classes === null ? -1e6 : 0}
                      max={classes === null ? 1e6 : classes - 1}
                      step={classes === null ? 0.1 : 1}
                      onChange={(value, gesture) => {
                        const y = classes === null ? value : Math.round(value);
                        put(first + i, { ...point, y }, gesture);
                      }}
                    />
                  </td>
                  <td>
                    <button
                      type="button"
                      class="icon"
                      aria-label={text.remove(String(first + i + 1))}
                      onClick={() =>
                        onChange(
                          points.filter((_, at) => at !== first + i),
                          `remove ${first + i} of ${points.length}`,
                        )
                      }
                    >
                      ×
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="button-row">
            <button type="button" onClick={add}>
              {text.add}
            </button>
            {pages > 1 && (
              <>
                <button type="button" disabled={first === 0} onClick={() => setPage(page - 1)}>
                  {text.previous}
                </button>
                <span>{text.page(first / PAGE + 1, pages)}</span>
                <button
                  type="button"
                  disabled={first / PAGE + 1 >= pages}
                  onClick={() => setPage(page + 1)}
                >
                  {text.next}
                </button>
              </>
            )}
          </p>
        </section>
      )}
    </details>
  );
}
