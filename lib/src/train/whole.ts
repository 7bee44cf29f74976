// Whoever imports this has all of training at hand: all entry points but those that are to be small.

import "../engines/whole.ts";
import "../nn/whole.ts";
import * as abilities from "./model/abilities.ts";
import { bringAbilities } from "./model/model.ts";
import { gradientsOfParts } from "./step/parts.ts";
import { bringParts } from "./step/step.ts";

bringAbilities(abilities);
bringParts(gradientsOfParts);
