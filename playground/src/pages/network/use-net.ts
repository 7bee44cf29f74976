// The network that is loaded, as it is drawn: features and dense layers, and the unit that is selected.

import { useMemo } from "preact/hooks";
import { useApp, useSlice } from "../../app/index.ts";
import type { Training } from "../../client/index.ts";
import type { DiagramLayer } from "../../widgets/net-diagram/index.ts";

export interface Net {
  readonly layers: readonly DiagramLayer[];
  readonly features: readonly string[];
}

/** Null until a network is loaded. */
export function useNet(training: Training): Net | null {
  const info = training.frames.info.value;
  const features = useSlice((state) => state.settings.data.features);
  return useMemo(() => {
    if (!info) return null;
    const shapes = new Map(info.parameters);
    const dense = info.layers.flatMap(({ name, units, activation }) => {
      const shape = shapes.get(`${name}/w`);
      return shape?.length === 2 ? [{ name, units, activation, below: shape[0]! }] : [];
    });
    const inputs = { name: info.input, units: dense[0]?.below ?? 0, activation: null };
    if (inputs.units === 0) return null;
    // Settings may be ahead of what is loaded.
    const names = Array.from({ length: inputs.units }, (_, i) => features[i] ?? `x${i + 1}`);
    return { layers: [inputs, ...dense], features: names };
  }, [info, features]);
}

/** The selected unit, as it is in the network that is loaded. */
export function useSelected(net: Net | null) {
  const { dispatch } = useApp();
  const id = useSlice((state) => state.view.unit);
  const [name, unit] = id?.split("/") ?? [];
  const layer = net?.layers.findIndex((one) => one.name === name) ?? -1;
  const isThere = layer >= 0 && Number(unit) < net!.layers[layer]!.units;
  return {
    id: isThere ? id : null,
    layer,
    unit: Number(unit),
    select: (next: string | null) => dispatch({ kind: "view", change: { unit: next } }),
  };
}

/** The example that is looked at, of the training examples: the first if none is chosen. */
export function useExample(): readonly [row: number, choose: (row: number) => void] {
  const { dispatch } = useApp();
  const row = useSlice((state) => state.view.example) ?? 0;
  return [row, (next) => dispatch({ kind: "view", change: { example: next } })];
}
