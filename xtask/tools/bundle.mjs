// Makes the one file to drop in, www/dist/todoita.js, from the modules of the field, its WebAssembly and its sentences, and
// the guide's file, which that one fetches when the guide is opened. todoita.ja.js and todoita.en.js have one language.
//
// For the npm modules a wasm gets a name with its content's hash; dist/pin.js carries that name and the hash of the bytes.
// dist/guide-file.js has the hash of the guide's file, so that an `integrity` on the one file covers it all.

import { writeFileSync } from "node:fs";
import { bundled, integrity, pinned, removeOld, sentences, shortHash, styleSheet, withBytes, www } from "./bundling.mjs";

removeOld(/^todoita-(guide-)?[0-9a-f]{8}\.(wasm|js)$/);
const field = pinned("field", "todoita", "pin.js");
pinned("guide", "todoita-guide", "guide-pin.js");

// The guide first: the field fetches its file by its hash.
const guide = await bundled("todoita-guide.js");
writeFileSync(`${www}dist/todoita-guide.js`, guide);
const guideName = `todoita-guide-${shortHash(guide)}.js`;
writeFileSync(`${www}dist/${guideName}`, guide);
writeFileSync(
  `${www}dist/guide-file.js`,
  `// Made by \`cargo xtask build\`: the guide's file, and the hash of its bytes.
export const guide = new URL("${guideName}", import.meta.url);
export const integrity = "${integrity(guide)}";
`,
);

/** Writes the one file to drop in, with the sentences of some languages. */
const dropIn = async (name, languages) => {
  const text = await bundled("todoita.js", sentences(languages));
  writeFileSync(`${www}dist/${name}`, withBytes(text, "FIELD_WASM", field));
};
await dropIn("todoita.js", ["ja", "en"]);
await dropIn("todoita.ja.js", ["ja"]);
await dropIn("todoita.en.js", ["en"]);

await styleSheet("todoita.css");
await styleSheet("todoita-guide.css");
