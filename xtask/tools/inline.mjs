// Writes a WebAssembly file as a JavaScript module: `node xtask/tools/inline.mjs FROM.wasm TO.js`.

import { readFileSync, writeFileSync } from "node:fs";

const [from, to] = process.argv.slice(2);
const base64 = readFileSync(from).toString("base64");
writeFileSync(to, `// ${from} in base64, written by \`cargo xtask build\`.\nexport const base64 =\n  "${base64}";\n`);
