// The sample of all families that Firefox and WebKit drive, in one file: they start slowly, and one file shares a browser.

import { FAMILIES } from "./catalogue/index.mjs";
import { testFamily } from "./table.mjs";

for (const family of Object.keys(FAMILIES)) testFamily(family);
