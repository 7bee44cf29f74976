// The reference engine must give the ops' own definitions to the bit.

import { conformance } from "../conformance.testing.ts";
import { referenceEngine } from "./reference.ts";

conformance(referenceEngine);
