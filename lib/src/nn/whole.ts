// Whoever imports this has everything that a specification can name at hand: all entry points but those that are
// to be small.

import { LATE_ACTIVATIONS } from "./activations/late.ts";
import { LATE_INITIALIZERS } from "./initializers/late.ts";
import { LATE_LOSSES } from "./losses/late.ts";
import { LATE_METRICS } from "./metrics/late.ts";
import { LATE_OPTIMIZERS } from "./optimizers/late.ts";
import { bringRows } from "./registry.ts";
import { LATE_SCHEDULES } from "./schedules/late.ts";

bringRows("activation", LATE_ACTIVATIONS);
bringRows("initializer", LATE_INITIALIZERS);
bringRows("loss", LATE_LOSSES);
bringRows("metric", LATE_METRICS);
bringRows("optimizer", LATE_OPTIMIZERS);
bringRows("schedule", LATE_SCHEDULES);
