// The packed package in projects of others: each is copied to where its packages are installed
// (.tools/hosts, by `cargo xtask test --only hosts`), gets the tarball, is built, and is opened in a real browser.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { Site } from "../browser/sites.mjs";
import { ROOT, pack } from "../package/packed.mjs";

const HERE = fileURLToPath(new URL("./", import.meta.url));

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
  const folder = join(ROOT, ".tools/hosts", name);
  if (!existsSync(join(folder, "installed"))) throw new Error(`${folder} is not there: run \`cargo xtask test --only hosts\` once`);
  for (const from of [name, ...also]) {
    cpSync(join(HERE, from), folder, { recursive: true, filter: (path) => !/package-lock\.json$/.test(path) });
  }
  unpack(join(folder, "node_modules/todoita"));
  return folder;
}

function unpack(folder) {
  tarball ??= join(packed, pack(packed).filename);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run(folder, "tar", "-xzf", tarball, "--strip-components=1", "-C", folder);
  return folder;
}

/** The folder of the package's files, for a host of static files. */
export const plain = () => unpack(join(packed, "plain"));

const made = new Set();

/** Builds a host with its own `npm run build`, once. */
export function built(name) {
  const folder = join(ROOT, ".tools/hosts", name);
  if (made.has(name)) return folder;
  host(name);
  run(folder, "npm", "run", "build");
  made.add(name);
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
  let bytes = 0;
  for (const address of new Set(loaded.filter((address) => address.startsWith("http") && !address.endsWith("favicon.ico")))) {
    const body = Buffer.from(await (await fetch(address)).arrayBuffer());
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
