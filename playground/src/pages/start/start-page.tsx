// The page `#/`: doors to the others, and a network that learns exclusive or meanwhile.

import { useMemo, useState } from "preact/hooks";
import { useApp, useFrame, useText, useTraining, useViews } from "../../app/index.ts";
import type { Frame, StepUnit, ViewRequest } from "../../protocol/index.ts";
import { hashOf, XOR } from "../../state/index.ts";
import { PAGE_TERMS } from "../../text/page-terms.ts";
import {
  type MapValues,
  type PaceName,
  Plot,
  RegionMap,
  StopNote,
  Timeline,
  Transport,
} from "../../widgets/index.ts";
import { TinyNet } from "./tiny-net.tsx";
import "./start.css";

const VIEWS: Readonly<Record<string, ViewRequest>> = {
  region: { view: "plane", layer: "output", cells: 60 },
  weights: { view: "parameters" },
};

export function StartPage() {
  const text = useText("start");
  return (
    <article class="page start">
      <header class="hero">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
      <LiveXor />
      <section aria-labelledby="doors">
        <h2 id="doors" class="visually-hidden">
          {text.doors}
        </h2>
        <ul class="cards">
          <Door page="lessons" title={text.learnTitle} says={text.learnSays} />
          <Door page="network" title={text.experimentTitle} says={text.experimentSays} />
          <Door page="backprop" title={text.unfoldTitle} says={text.unfoldSays} />
          <Door page="curves" title={text.curvesTitle} says={text.curvesSays} />
          <Door page="map" title={text.mapTitle} says={text.mapSays} />
        </ul>
        <p class="note">{text.privacy}</p>
      </section>
    </article>
  );
}

function Door(props: { page: keyof typeof PAGE_TERMS; title: string; says: string }) {
  const { page, title, says } = props;
  return (
    <li>
      <a class="card" data-what={PAGE_TERMS[page]} href={hashOf({ page })}>
        <h3>{title}</h3>
        <p>{says}</p>
      </a>
    </li>
  );
}

function LiveXor() {
  const text = useText("start");
  const [seed, setSeed] = useState(XOR.run.seed);
  const [pace, setPace] = useState<PaceName>("epoch");
  const [unit, setUnit] = useState<StepUnit>("epoch");
  const settings = useMemo(() => ({ ...XOR, run: { ...XOR.run, seed } }), [seed]);
  const training = useTraining(settings);
  useViews(training, VIEWS);
  const { frames } = training;
  const info = frames.info.value;

  return (
    <section class="live" aria-labelledby="live">
      <header>
        <h2 id="live">{text.live}</h2>
        <p>{text.liveHint}</p>
      </header>
      <Transport
        training={training}
        pace={pace}
        onPace={setPace}
        unit={unit}
        onUnit={setUnit}
        onResetSame={() => training.load(settings)}
        onResetNew={() => setSeed(seed + 1)}
        isGlobal
      />
      <div class="live-views">
        <TinyNet training={training} />
        {info?.window && (
          <RegionMap
            label={text.regionTitle}
            what="decisionRegion"
            frames={frames}
            map={() => outputMap(frames.current)}
            window={info.window}
            train={info.data.train}
            classes={info.data.classes}
          />
        )}
        <LossPlot />
      </div>
      <Timeline training={training} />
      <StopNote frames={frames} />
    </section>
  );
}

function outputMap(frame: Frame | null): MapValues | null {
  const view = frame?.views["region"];
  const values = view?.view === "plane" ? view.layers["output"] : undefined;
  if (view?.view !== "plane" || !values) return null;
  return { cells: view.cells, values, kind: "probability" };
}

const FROM_ZERO = [0, null] as const;

/** The loss so far: drawn anew ten times a second. */
function LossPlot() {
  const text = useText("start");
  const words = useText("widgets");
  const [isLog, setLog] = useState(false);
  const { frames } = useApp().training();
  const frame = useFrame(frames);
  const series = [
    {
      name: words.loss,
      x: frames.history.map(({ epoch }) => epoch),
      y: frames.history.map(({ trainLoss }) => trainLoss),
    },
  ];
  return (
    <Plot
      label={text.curveTitle}
      what="loss"
      series={series}
      xLabel={words.epoch}
      yLabel={words.loss}
      yLog={isLog}
      onYLog={setLog}
      xDomain={FROM_ZERO}
      yDomain={isLog ? undefined : FROM_ZERO}
      mark={frame?.epoch ?? null}
    />
  );
}
