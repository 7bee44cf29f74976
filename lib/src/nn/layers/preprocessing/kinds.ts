// The kinds of layers that make features of what was measured before.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { CATEGORY_ENCODING, categoryEncoding } from "./category-encoding.ts";
import { DISCRETIZATION, discretization } from "./discretization.ts";
import { MEASURED_NORMALIZATION, normalization } from "./normalization.ts";
import { TABLE_FEATURES, tableFeatures } from "./table-features.ts";

export const PREPROCESSING_KINDS: Makers<Layer> = {
  tableFeatures: { signature: TABLE_FEATURES, make: tableFeatures },
  normalization: { signature: MEASURED_NORMALIZATION, make: normalization },
  discretization: { signature: DISCRETIZATION, make: discretization },
  categoryEncoding: { signature: CATEGORY_ENCODING, make: categoryEncoding },
};
