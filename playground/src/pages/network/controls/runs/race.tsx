// A race: the same examples and seed under several settings, each from the start, on one plot and in a table.

import { useEffect, useRef, useState } from "preact/hooks";
import { useApp, useText } from "../../../../app/index.ts";
import { type Training, WorkerProblem } from "../../../../client/index.ts";
import type { Runner } from "../../../../protocol/index.ts";
import { type Settings, withData } from "../../../../state/index.ts";
import { formatSetting } from "../../../../text/numbers.ts";
import { Choice, NumberField } from "../../../../widgets/index.ts";
import { useSettings } from "../use-settings.ts";
import { RaceResults } from "./race-results.tsx";
import {
  measuredEpochs,
  RACE_KINDS,
  type RaceKind,
  type Racer,
  type Variant,
  variantsOf,
} from "./variants.ts";

export function Race() {
  const words = useText("controls");
  const text = words.race;
  const { anotherTraining, shelf, report, announcer } = useApp();
  const { settings } = useSettings();
  const [kind, setKind] = useState<RaceKind | "shelf">("optimizer");
  const [left, setLeft] = useState<readonly string[]>([]);
  const [epochs, setEpochs] = useState(100);
  const [racers, setRacers] = useState<readonly Racer[]>([]);
  const [isRunning, setRunning] = useState(false);
  const worker = useRef<Training | null>(null);

  const stop = () => {
    worker.current?.close();
    worker.current = null;
    setRunning(false);
  };
  useEffect(() => stop, []);

  const variants: readonly Variant[] =
    kind === "shelf"
      ? shelf.runs.value.map((run) => ({
          name: run.name,
          settings: onSameExamples(run.settings, settings),
        }))
      : variantsOf(kind, settings, words);
  const chosen = variants.filter(({ name }) => !left.includes(name));

  const start = async () => {
    const own = anotherTraining();
    worker.current = own;
    setRacers([]);
    setRunning(true);
    const show = (runners: readonly Runner[]) =>
      setRacers(runners.map((runner, i) => ({ name: chosen[i]!.name, runner })));
    const asks = {
      runners: chosen.map((variant) => variant.settings),
      epochs: measuredEpochs(epochs),
    };
    try {
      const runners = await own.ask("race", asks, show);
      if (worker.current !== own) return;
      show(runners);
      for (const { problem } of runners) if (problem) report(problem);
    } catch (error) {
      if (worker.current !== own) return;
      if (error instanceof WorkerProblem) report(error.problem);
    }
    stop();
    announcer.say(text.done);
  };

  return (
    <section class="race" aria-labelledby="race-title" data-what="race">
      <h3 id="race-title">{text.title}</h3>
      <p class="hint">
        {text.says} {kind === "shelf" && text.otherData}
      </p>
      <div class="field-row">
        <Choice
          label={text.vary}
          value={kind}
          options={[...RACE_KINDS, "shelf" as const].map((name) => [name, text.kinds[name]])}
          onChange={(next) => {
            setKind(next);
            setLeft([]);
          }}
        />
        <NumberField
          isSetting
          label={text.epochs}
          value={epochs}
          min={1}
          max={5000}
          step={50}
          onChange={(value) => setEpochs(Math.round(value))}
        />
      </div>
      <fieldset>
        <legend>{text.runners}</legend>
        <div class="feature-list">
          {variants.map(({ name }) => (
            <label key={name} class="check">
              <input
                type="checkbox"
                checked={!left.includes(name)}
                onChange={(event) =>
                  setLeft(
                    event.currentTarget.checked
                      ? left.filter((other) => other !== name)
                      : [...left, name],
                  )
                }
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="button-row">
        {!isRunning ? (
          <button type="button" disabled={chosen.length < 2} onClick={() => void start()}>
            {text.start}
          </button>
        ) : (
          <button type="button" onClick={stop}>
            {text.stop}
          </button>
        )}
        <span class="hint" role="status">
          {isRunning && text.progress(formatSetting(racers[0]?.runner.rows.at(-1)?.epoch ?? 0))}
          {chosen.length < 2 && (kind === "shelf" ? text.needShelf : text.needTwo)}
        </span>
      </div>
      {racers.length > 0 && <RaceResults racers={racers} />}
    </section>
  );
}

/** A kept run on the present examples, from the present seed. */
function onSameExamples(kept: Settings, present: Settings): Settings {
  const run = { ...kept.run, seed: present.run.seed };
  return withData({ ...kept, run }, { data: present.data, run: present.run.data });
}
