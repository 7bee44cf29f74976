// What a server counts and times, as Prometheus reads it.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  /** A request was answered. */
  answered(path: string, status: number, seconds: number): void;
  /** A batch is computed. */
  batch(examples: number, seconds: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** @param queued tells how many examples wait */
export function makeMetrics(queued: () => number): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const requests = new Counter({
    name: "neurite_requests_total",
    help: "Requests that were answered.",
    labelNames: ["path", "status"],
    registers,
  });
  const times = new Histogram({
    name: "neurite_request_seconds",
    help: "From the head of a request to its answer.",
    labelNames: ["path"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const examples = new Counter({
    name: "neurite_examples_total",
    help: "Examples that were computed.",
    registers,
  });
  const sizes = new Histogram({
    name: "neurite_batch_examples",
    help: "Examples that were computed at once.",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  const computing = new Histogram({
    name: "neurite_batch_seconds",
    help: "What a batch took to compute.",
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  new Gauge({
    name: "neurite_queued_examples",
    help: "Examples that wait to be computed.",
    registers,
    collect() {
      this.set(queued());
    },
  });
  return {
    answered: (path, status, seconds) => {
      requests.inc({ path, status });
      times.observe({ path }, seconds);
    },
    batch: (count, seconds) => {
      examples.inc(count);
      sizes.observe(count);
      computing.observe(seconds);
    },
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}
