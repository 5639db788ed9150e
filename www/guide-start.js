// The one instance of the guide's module.
import * as glue from "./dist/guide/guide_bg.js";
import * as pin from "./dist/guide-pin.js";
import { starter } from "./instance.js";

export const start = starter(glue, "./guide_bg.js", pin);
