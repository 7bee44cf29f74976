// Landscapes of training: figure 4.9 and others from above and in space, starts to be moved, and optimizers' ways down.

import { useMemo, useState } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import { formula as figure49 } from "../../../formulas/figure49.tex";
import type { Interval } from "../../../protocol/index.ts";
import { formatNumber } from "../../../text/numbers.ts";
import { Choice, FormulaView, TableAlternative } from "../../../widgets/index.ts";
import { ContourMap, heightRows, Surface3D } from "../../../widgets/surface/index.ts";
import { FormulaField } from "../formula-field.tsx";
import { useKept } from "../use-kept.ts";
import { CriticalSearch } from "./critical-search.tsx";
import { PointReading } from "./point-reading.tsx";
import {
  LANDSCAPE_KEYS,
  type LandscapeKey,
  type LandscapeState,
  readLandscape,
  stateOf,
} from "./presets.ts";
import { RunnerList } from "./runner-list.tsx";
import { StartList } from "./start-list.tsx";
import { StepsBar } from "./steps-bar.tsx";
import { START_NAMES, useLandscape } from "./use-landscape.ts";
import { WayTable } from "./way-table.tsx";

export function LandscapePanel() {
  const text = useText("curves");
  const [state, setState] = useKept<LandscapeState>("landscape", readLandscape);
  const [tapMoves, setTapMoves] = useState<number | "pointer">("pointer");
  const look = useLandscape(state);
  const { surface, point, names } = look;
  const change = (next: Partial<LandscapeState>) => setState({ ...state, ...next });
  const { key, of, starts, pointer, steps, shown, turn } = state;

  const ways = useMemo(() => {
    const drawn = look.ways.map((way) => ({ ...way, shown: (shown ?? steps) + 1 }));
    const { training } = look;
    const all = training
      ? [
          ...drawn,
          { ...training, name: text.trainingWay, look: "series-7", shown: training.u.length },
        ]
      : drawn;
    return all;
  }, [look.ways, look.training, shown, steps, text]);
  const placed = starts.map(([u, v], i) => ({ name: START_NAMES[i]!, u, v }));
  const name = text.landscapes[key];

  return (
    <section class="curves-panel" aria-labelledby="curves-tab-landscapes">
      <div class="curves-controls">
        <Choice<LandscapeKey>
          label={text.landscape}
          value={key}
          options={LANDSCAPE_KEYS.map((one) => [one, text.landscapes[one]] as const)}
          onChange={(next) => setState(stateOf(next))}
        />
        {of.kind === "expression" && (
          <FormulaField
            label={text.functionOfTwo}
            value={of.text}
            onChange={(next) => change({ key: "own", of: { kind: "expression", text: next } })}
            problem={look.problem}
          />
        )}
        <Choice
          label={text.tapMoves}
          what="mapPointer"
          value={String(tapMoves)}
          options={[
            ["pointer", text.thePointer],
            ...starts.map((_, i) => [String(i), text.startName(START_NAMES[i]!)] as const),
          ]}
          onChange={(next) => setTapMoves(next === "pointer" ? "pointer" : Number(next))}
        />
        <span class="buttons">
          <button
            type="button"
            disabled={!surface}
            onClick={() => surface && change(zoomed(surface, 0.5))}
          >
            {text.closer}
          </button>
          <button
            type="button"
            disabled={!surface}
            onClick={() => surface && change(zoomed(surface, 2))}
          >
            {text.wider}
          </button>
          <button type="button" onClick={() => setState(stateOf(key))}>
            {text.reset}
          </button>
        </span>
      </div>
      {of.kind === "figure49" && <FormulaView formula={figure49} spoken={text.figure49Spoken} />}
      <p>{text.landscapeSays[key]}</p>
      {!surface || !names ? (
        <p class="loading">{look.problem ? "" : text.computing}</p>
      ) : (
        <>
          <div class="landscape-views">
            <figure>
              <ContourMap
                label={text.contourLabel(name, names.join(", "))}
                what="lossSurface"
                heights={surface}
                names={names}
                ways={ways}
                pointer={pointer}
                onPointer={(u, v) => change({ pointer: [u, v] })}
                slope={point}
                starts={placed}
                onStart={(i, u, v) => change({ starts: starts.with(i, [u, v]) })}
                tapMoves={tapMoves}
                critical={look.critical?.points ?? []}
              />
              <figcaption class="height-scale">
                <span>{formatNumber(surface.least, 3)}</span>
                <span class="height-bar" aria-hidden="true" />
                <span>{formatNumber(surface.largest, 3)}</span>
              </figcaption>
            </figure>
            <figure>
              <Surface3D
                label={text.surfaceLabel(name)}
                what="lossSurface"
                heights={surface}
                names={names}
                ways={ways}
                turn={turn}
                onTurn={(next) => change({ turn: next })}
              />
              {surface.notFinite > 0 && <p class="note">{text.notFinite(surface.notFinite)}</p>}
            </figure>
            <div class="landscape-below">
              <StepsBar
                steps={steps}
                shown={shown ?? steps}
                onShown={(next) => change({ shown: next })}
              />
              <div class="landscape-lists">
                <StartList
                  names={names}
                  starts={starts}
                  onStarts={(next) => change({ starts: next })}
                />
                <RunnerList
                  runners={state.runners}
                  onRunners={(runners) => change({ runners })}
                  steps={steps}
                  onSteps={(next) => change({ steps: next, shown: null })}
                />
              </div>
            </div>
            <PointReading
              names={names}
              pointer={pointer}
              point={point}
              onPointer={(u, v) => change({ pointer: [u, v] })}
            />
          </div>
          <WayTable
            ways={look.ways}
            names={names}
            shown={shown ?? steps}
            training={look.training}
          />
          <CriticalSearch look={look} names={names} isFigure={of.kind === "figure49"} />
          <TableAlternative
            caption={text.heightsOf(name)}
            columns={[names[0], names[1], "L"]}
            rows={() => heightRows(surface)}
          />
        </>
      )}
    </section>
  );
}

/** The window around its middle, so many times as wide. */
function zoomed({ u, v }: { readonly u: Interval; readonly v: Interval }, by: number) {
  const zoom = ([from, to]: Interval): Interval => {
    const [middle, half] = [(from + to) / 2, ((to - from) / 2) * by];
    return [middle - half, middle + half];
  };
  return { u: zoom(u), v: zoom(v) };
}
