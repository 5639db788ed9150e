#!/usr/bin/env node
// `npx todoita copy public/todoita`: the served files of the package, in a folder of a site.

import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT, servedFiles } from "./served.js";

const [command, folder, ...rest] = process.argv.slice(2);
if (command !== "copy" || !folder || rest.length) {
  console.error("Usage: todoita copy FOLDER\n\nCopies the files that pages load into FOLDER, for example public/todoita.");
  process.exit(2);
}
try {
  const files = servedFiles();
  for (const file of files) {
    const to = join(folder, file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(new URL(file, ROOT), to);
  }
  console.log(`${files.length} files in ${folder}. A page loads ${folder}/dist/todoita.js and ${folder}/dist/todoita.css.`);
} catch (error) {
  console.error(`todoita: the files cannot be copied to ${folder}: ${error.message}`);
  process.exit(1);
}
