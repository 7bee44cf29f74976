// Points where the gradient is 0, searched on request, and the remark where there is none.

import { useText } from "../../../app/index.ts";
import { formatGiven } from "../../../text/numbers.ts";
import type { LandscapeLook } from "./use-landscape.ts";

interface SearchProps {
  readonly look: LandscapeLook;
  readonly names: readonly [string, string];
  readonly isFigure: boolean;
}

export function CriticalSearch({ look, names, isFigure }: SearchProps) {
  const text = useText("curves");
  const { critical, isSearching, searchCritical } = look;
  return (
    <section class="critical-search" data-what="criticalPoint" aria-labelledby="critical-title">
      <h2 id="critical-title">{text.criticalTitle}</h2>
      {isFigure && <p>{text.noCriticalPoint}</p>}
      <button type="button" onClick={searchCritical} disabled={isSearching}>
        {isSearching ? text.computing : text.searchCritical}
      </button>
      <div role="status">
        {critical && (
          <p>{text.criticalFound(critical.points.length, critical.searches, critical.ranOff)}</p>
        )}
      </div>
      {critical && critical.points.length > 0 && (
        <div class="table-scroll" tabIndex={0} role="region" aria-label={text.criticalTitle}>
          <table>
            <thead>
              <tr>
                {[names[0], names[1], "L", text.eigenvalues, text.bendTitle].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {critical.points.map(({ u, v, value, eigenvalues, bend }) => (
                <tr key={`${u} ${v}`}>
                  {[u, v, value].map((x, i) => (
                    <td key={["u", "v", "L"][i]}>{formatGiven(rounded(x))}</td>
                  ))}
                  <td>{eigenvalues.map((x) => formatGiven(x)).join(", ")}</td>
                  <td>{text.bends[bend]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** What a search leaves over of 0. */
function rounded(x: number): number {
  return Math.abs(x) < 1e-9 ? 0 : x;
}
