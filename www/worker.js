// `todoita/node` and `todoita/core` in a worker (the export condition `workerd`). A worker has no file system and
// compiles no WebAssembly at run time: the runtime imports it as a module.
import module from "./dist/functions/functions_bg.wasm";

import { initSync } from "./dist/functions/functions.js";

initSync({ module });

export * from "./functions.js";
