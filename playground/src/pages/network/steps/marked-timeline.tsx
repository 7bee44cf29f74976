// The timeline of the run with what happened on the way.

import { useFrame, useText } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import { Timeline } from "../../../widgets/index.ts";
import { useNet } from "../use-net.ts";
import { wordedMarks } from "./marks.ts";

export function MarkedTimeline({ training }: { readonly training: Training }) {
  const network = useText("network");
  const controls = useText("controls");
  const net = useNet(training);
  const { frames } = training;
  const { first = 0, furthest = 0 } = useFrame(frames, 4) ?? {};
  const run = { history: frames.history, marks: frames.marks.value, first, furthest };
  const marks = wordedMarks(run, net, { network, controls });
  return <Timeline training={training} marks={marks} marksLabel={network.marks.title} />;
}
