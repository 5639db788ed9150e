// The files that a site serves: the same for `npx todoita copy` and for the archive of a release.

import { readdirSync } from "node:fs";

/** The package's folder, with the files at the places at which the scripts look for each other. */
export const ROOT = new URL("../", import.meta.url);

/** Of each folder, the names that pages load; modules for bundlers and servers are not among them. */
const SERVED = { "dist/": /^todoita(-guide(-[0-9a-f]{8})?|-setup|\.ja|\.en)?\.(js|css)$|^todoita-guide-[0-9a-f]{8}\.wasm$/, "words/": /\.json$/, "": /^pictures\.json$/ };

/**
 * The served files below the package's folder, sorted.
 * @throws {Error} in a checkout in which they are not built
 */
export const servedFiles = () => {
  const named = ([folder, name]) => readdirSync(new URL(`./${folder}`, ROOT)).filter((it) => name.test(it)).map((it) => folder + it);
  const files = Object.entries(SERVED).flatMap(named).sort();
  if (!files.includes("dist/todoita.js")) throw new Error("they are not built: run `cargo xtask build`");
  return files;
};
