// The activation function of a unit, with the place where it stands and the tangent there.

import { useEffect, useState } from "preact/hooks";
import { useText } from "../../app/index.ts";
import type { Training } from "../../client/index.ts";
import type { Jobs } from "../../protocol/index.ts";
import { Plot } from "../plot/plot.tsx";

type Curve = Jobs["activationCurve"]["gives"]["curve"];

interface ActivationCurveProps {
  readonly training: Training;
  readonly layer: string;
  readonly z: number;
  readonly a: number;
  readonly slope: number;
}

/** Half of the range that is drawn at least. */
const REACH = 4;
/** How far the tangent goes to each side. */
const TANGENT = 1.2;

export function ActivationCurve({ training, layer, z, a, slope }: ActivationCurveProps) {
  const text = useText("network");
  const [curve, setCurve] = useState<Curve>(null);
  const reach = Math.max(REACH, 2 ** Math.ceil(Math.log2(Math.abs(z) + 1)));
  const info = training.frames.info.value;
  useEffect(() => {
    let isCurrent = true;
    const asks = { layer, from: -reach, to: reach, points: 121 };
    if (Number.isFinite(reach)) {
      training.ask("activationCurve", asks).then(
        (found) => isCurrent && setCurve(found.curve),
        () => isCurrent && setCurve(null),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [training, layer, reach, info]);
  if (curve === null) return null;
  const tangent = [z - TANGENT, z + TANGENT];
  return (
    <Plot
      label={text.curveOfUnit}
      what="activation"
      height={180}
      series={[
        { name: "f(z)", x: curve.z, y: curve.a },
        { name: text.tangent, x: tangent, y: tangent.map((at) => a + slope * (at - z)) },
      ]}
      xLabel="z"
      yLabel="a"
      mark={z}
    />
  );
}
