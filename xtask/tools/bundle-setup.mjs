// Makes www/dist/todoita-setup.js: the set-up elements with their WebAssembly and the sentences of both languages in one file;
// and their style sheet. dist/setup-pin.js has the name of the wasm for the npm modules.

import { writeFileSync } from "node:fs";
import { bundled, pinned, removeOld, sentences, styleSheet, withBytes, www } from "./bundling.mjs";

removeOld(/^todoita-setup-[0-9a-f]{8}\.wasm$/);
const wasm = pinned("setup", "todoita-setup", "setup-pin.js");
const text = await bundled("todoita-setup.js", sentences(["ja", "en"], ".setup"));
writeFileSync(`${www}dist/todoita-setup.js`, withBytes(text, "SETUP_WASM", wasm));
await styleSheet("todoita-setup.css");
