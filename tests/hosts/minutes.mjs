// `cargo xtask minutes`: how long each page of docs/integrations takes, from an empty folder to the first sign-in in a browser.
//
// docs.test.mjs holds the pages to the files of the hosts, so a host that is installed, built, started and signed in to afresh
// is its page followed word for word. npm and pip use their ordinary caches; nothing else is there before. The time ends with the
// test that is named here, which also has its refusals; it is the machine's: a person reads and pastes besides.
//
// The words on the command line choose the systems whose names contain one of them.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../package/packed.mjs";

/** Each system: the packages whose versions are shown, the hosts (or pip's requirements), the file of tests, and its tests. */
const SYSTEMS = [
  ["a script tag", [], [], "plain.test.mjs", ["a script tag with integrity"]],
  ["Vite", ["vite"], ["vite"], "bundlers.test.mjs", ["Vite: a production build"]],
  ["webpack", ["webpack"], ["webpack"], "bundlers.test.mjs", ["webpack: a production build"]],
  ["esbuild", ["esbuild"], ["esbuild"], "bundlers.test.mjs", ["esbuild: a production build"]],
  ["React, a form action", ["react"], ["react"], "frameworks.test.mjs", ["React, a form action"]],
  ["React Router, framework mode", ["react-router"], ["react-router"], "react-router.test.mjs", ["^React Router, framework mode$", "troubles"]],
  ["Vue", ["vue"], ["vue"], "frameworks.test.mjs", ["Vue: a sign-in"]],
  ["Svelte", ["svelte"], ["svelte"], "frameworks.test.mjs", ["Svelte: a sign-in"]],
  ["SvelteKit", ["@sveltejs/kit"], ["sveltekit"], "sveltekit.test.mjs", ["SvelteKit", "troubles"]],
  ["Next.js server actions", ["next"], ["next"], "next.test.mjs", ["^Next.js$", "action: a sign-in"]],
  ["htmx", ["htmx.org"], ["hypermedia"], "hypermedia.test.mjs", ["htmx 4: each answer replaces"]],
  ["Turbo", ["@hotwired/turbo"], ["hypermedia"], "hypermedia.test.mjs", ["Turbo 8: each refusal replaces"]],
  ["Astro", ["astro"], ["astro"], "astro.test.mjs", ["^Astro$", "troubles"]],
  ["Nitro", ["nitropack"], ["nitro"], "nitro.test.mjs", ["^Nitro$", "with JavaScript: refused"]],
  ["Express", ["express"], ["express"], "backends.test.mjs", ["express in a browser"]],
  ["Fastify", ["fastify"], ["fastify"], "backends.test.mjs", ["fastify in a browser"]],
  ["better-sqlite3", ["better-sqlite3"], ["outside/better-sqlite3"], "better-sqlite3.outside.mjs", ["of two hundred posts"]],
  ["Passport", ["passport"], ["passport"], "passport.test.mjs", ["Passport with JavaScript"]],
  ["better-auth", ["better-auth"], ["better-auth", "code-step"], "better-auth.test.mjs", ["the second factor"]],
  ["django-allauth", ["django-allauth"], "django", "django.test.mjs", ["allauth: a refused code"]],
  ["django-two-factor-auth", ["django-two-factor-auth"], "django", "django.test.mjs", ["two-factor: a refused code"]],
  ["Flask-Security", ["Flask-Security"], "flask", "flask-security.test.mjs", ["a refused code"]],
];

/** The packages of a site in Python, in their pinned versions. */
const PIP = {
  django: ["Django", "django-allauth[mfa]", "django-two-factor-auth"],
  flask: ["Flask-Security", "Flask-SQLAlchemy", "cryptography", "qrcode"],
};

/** Hosts whose packages have a library in C++, which npm downloads or compiles. */
const COMPILED = ["outside/better-sqlite3"];

const HERE = join(ROOT, "tests/hosts");
const REQUIREMENTS = join(ROOT, "python/requirements.txt");
const run = (folder, env, command, ...args) =>
  execFileSync(command, args, { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** The headers of this Node beside it, where they are: node-gyp would download others. */
const prefix = join(dirname(process.execPath), "..");
const headers = existsSync(join(prefix, "include/node/node.h")) ? { npm_config_nodedir: prefix } : {};

function versionOf(name, hosts) {
  if (typeof hosts === "string") return new RegExp(`^${name}==(.*)$`, "mi").exec(readFileSync(REQUIREMENTS, "utf8"))[1];
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(HERE, hosts[0], "package.json"), "utf8"));
  return { ...dependencies, ...devDependencies }[name];
}

/** Installs into an empty folder; gives the variables by which the tests find it. */
function install(folder, hosts) {
  if (typeof hosts === "string") {
    run(folder, {}, "python3", "-m", "venv", "python");
    const wheels = join(ROOT, "target/python/wheels");
    const wheel = existsSync(wheels) && readdirSync(wheels).find((name) => name.endsWith(".whl"));
    if (!wheel) throw new Error("there is no wheel: run `cargo xtask test --only hosts -- django.test.mjs` once");
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", REQUIREMENTS];
    const python = join(folder, "python/bin/python");
    run(folder, {}, python, ...pip, ...PIP[hosts], join(wheels, wheel));
    return { TODOITA_PYTHON: python };
  }
  for (const host of hosts) {
    const place = join(folder, host);
    mkdirSync(place, { recursive: true });
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(HERE, host, name), join(place, name));
    run(place, {}, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    if (COMPILED.includes(host)) run(place, headers, "npm", "rebuild");
    writeFileSync(join(place, "installed"), "");
  }
  return { TODOITA_HOSTS: folder };
}

const chosen = process.argv.slice(2);
console.log("| system | version | installed | built, started, signed in | minutes |\n|---|---|---:|---:|---:|");
for (const [name, packages, hosts, file, tests] of SYSTEMS) {
  if (chosen.length > 0 && !chosen.some((word) => name.toLowerCase().includes(word.toLowerCase()))) continue;
  const folder = mkdtempSync(join(tmpdir(), "todoita-minutes-"));
  const began = Date.now();
  try {
    const env = install(folder, hosts);
    const installed = Date.now();
    const output = run(HERE, env, process.execPath, "--test", "--test-reporter=tap", ...tests.map((test) => `--test-name-pattern=${test}`), file);
    const ended = Date.now();
    // A pattern that fits no test would time nothing.
    if (!/^# pass [1-9]/m.test(output)) throw new Error(`${file} has no test ${tests.join(", ")}`);
    const seconds = (from, to) => `${((to - from) / 1000).toFixed(0)} s`;
    const versions = packages.map((name) => versionOf(name, hosts)).join(", ");
    console.log(`| ${name} | ${versions} | ${seconds(began, installed)} | ${seconds(installed, ended)} | ${((ended - began) / 60_000).toFixed(1)} |`);
  } catch (error) {
    console.log(`| ${name} | failed |`);
    console.error(error.stdout ?? error.message);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
