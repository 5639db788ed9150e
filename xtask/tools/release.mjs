// The files of a release, but for those that npm, maturin and cargo make: node release.mjs FOLDER VERSION < components
// - todoita-VERSION.zip: the files that a site serves, with their hashes and a short README
// - todoita-VERSION.cdx.json: the components of the WebAssembly, as a CycloneDX list; standard input has one a line, `name version licence`
// - SHA256SUMS, and subjects.json: the same files as subjects of an in-toto statement, to which a build service adds its provenance
// The same sources give the same bytes.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, servedFiles } from "../../www/bin/served.js";

const { zipSync } = createRequire(import.meta.url)(fileURLToPath(new URL("../../.tools/npm/node_modules/fflate", import.meta.url)));
const [folder, version] = process.argv.slice(2);
const hash = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);
const save = (name, text) => writeFileSync(join(folder, name), text);

const README = `todoita ${version}: a field for login codes.

Serve this folder, for example as /todoita/. A login page then needs:

  <link rel="stylesheet" href="/todoita/dist/todoita.css">
  <script type="module" src="/todoita/dist/todoita.js"></script>

  <form method="post" action="/login/code">
    <todoita-code>
      <label for="code">Code</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
      <button>Sign in</button>
    </todoita-code>
  </form>

and in its content security policy, if it has one:

  script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'

The form stays your own and is posted as before. integrity.txt has the hash of each file for an integrity attribute.
MIT or Apache-2.0.
`;

const files = Object.fromEntries(servedFiles().map((file) => [file, readFileSync(new URL(file, ROOT))]));
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) files[licence] = readFileSync(new URL(licence, ROOT));
files["integrity.txt"] = Buffer.from(Object.entries(files).map(([file, bytes]) => `sha384-${hash("sha384", bytes, "base64")}  ${file}\n`).join(""));
files["README.txt"] = Buffer.from(README);
// The first moment that the format knows, as UTC and local time have it: no date of the build.
const mtime = new Date(1980, 0, 1);
const entries = Object.entries(files).map(([file, bytes]) => [`todoita/${file}`, [bytes, { mtime, level: 9 }]]);
save(`todoita-${version}.zip`, zipSync(Object.fromEntries(entries)));

const components = readFileSync(0, "utf8")
  .trim()
  .split("\n")
  .map((line) => /^(\S+) v(\S+) (?:\(proc-macro\) )?(.+)$/.exec(line).slice(1))
  .map(([name, version, licence]) => ({ type: "library", name, version, purl: `pkg:cargo/${name}@${version}`, licenses: [{ expression: licence.replaceAll("/", " OR ") }] }));
const metadata = { component: { type: "library", name: "todoita", version, purl: `pkg:npm/todoita@${version}` } };
save(`todoita-${version}.cdx.json`, `${JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata, components }, null, 2)}\n`);

const sums = readdirSync(folder)
  .filter((name) => name.includes(version))
  .sort()
  .map((name) => ({ name, digest: { sha256: hash("sha256", readFileSync(join(folder, name)), "hex") } }));
save("SHA256SUMS", sums.map(({ name, digest }) => `${digest.sha256}  ${name}\n`).join(""));
save("subjects.json", `${JSON.stringify({ _type: "https://in-toto.io/Statement/v1", subject: sums }, null, 2)}\n`);
