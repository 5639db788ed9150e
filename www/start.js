// The one instance of the field's module.
import * as glue from "./dist/field/field_bg.js";
import * as pin from "./dist/pin.js";
import { starter } from "./instance.js";

export const start = starter(glue, "./field_bg.js", pin);
