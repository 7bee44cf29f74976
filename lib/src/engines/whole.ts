// Whoever imports this has all ops at hand, and all that engines have of them: all entry points but those that
// are to be small.

import "../transforms/whole.ts";
import { stagesOf } from "./wasm/compiler/show.ts";
import { bringThreads } from "./wasm/index.ts";
import { bringConvKernel } from "./wasm/kernels/contraction.ts";
import { convKernel, LATE_SPECIALS } from "./wasm/kernels/late.ts";
import { bringSpecials } from "./wasm/kernels/special/index.ts";
import { bringMath } from "./wasm/math/index.ts";
import { LATE_MATH } from "./wasm/math/late.ts";
import { bringStages } from "./wasm/run/program.ts";
import { ThreadPool } from "./wasm/run/thread-pool.ts";

bringConvKernel(convKernel);
bringMath(LATE_MATH);
bringSpecials(LATE_SPECIALS);
bringStages(stagesOf);
bringThreads(ThreadPool);
