// `cargo xtask bench widget`: compares todoita with its peers, all in one run and one browser. It writes the tables
// into docs/performance.md, between the two comments, and the raw figures to target/bench/widget.json.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

import { browser, close } from "../../tests/browser/engines.mjs";
import { Bench, CONDITIONS, MESSAGE } from "./measure.mjs";
import { PEERS, contenders, version } from "./contenders.mjs";
import { Served } from "./served.mjs";
import { verifying } from "./verify.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DOC = join(ROOT, "docs/performance.md");
const BEGIN = "<!-- written by `cargo xtask bench widget` -->";
const END = "<!-- end of what it wrote -->";
// A quick run (`--quick`) writes nothing.
const quick = process.argv.includes("--quick");
const RUNS = quick ? 3 : 9;
const ROUNDS = quick ? 5 : 50;
const MOUNTS = quick ? 100 : 1000;

const log = (text) => process.stderr.write(`${text}\n`);
const ordered = (values) => [...values].sort((a, b) => a - b);
const quantile = (values, part) => ordered(values)[Math.min(values.length - 1, Math.floor(values.length * part))];
const median = (values) => quantile(values, 0.5);

const load = loadavg()[0].toFixed(1);
const test = { after() {} };
// Measuring memory waits for a garbage collection; this option triggers one at once.
process.env.CHROME_MORE = "--enable-blink-features=ForceEagerMeasureMemory";
const session = await browser(test, { own: true });
const bench = new Bench(session);
const all = await Promise.all(contenders().map((contender) => new Served(contender).start()));
const fields = all.filter(({ contender }) => contender.field);
const found = Object.fromEntries(all.map(({ contender }) => [contender.name, { times: {} }]));

log("bytes");
for (const served of all) found[served.contender.name].bytes = await bench.bytes(served);

log(`navigation, ${RUNS} times each in turns`);
for (const [name, condition] of Object.entries(CONDITIONS)) {
  for (const served of all) found[served.contender.name].times[name] = [];
  for (let run = 0; run < RUNS; run++) {
    for (const served of all) {
      if (condition.warm) await bench.open(served, { ...condition, warm: false, cpu: 1, latency: 0, down: -1 });
      found[served.contender.name].times[name].push(await bench.navigation(served, condition));
    }
  }
}

log(`keys and pastes, ${ROUNDS} rounds each`);
for (const served of fields) {
  const about = found[served.contender.name];
  about.strokes = await bench.keystrokes(served, ROUNDS);
  about.pastes = await bench.pastes(served, MESSAGE, ROUNDS);
}

log(`${MOUNTS} mounts`);
for (const served of fields.filter(({ contender }) => contender.name !== "a bare input")) {
  found[served.contender.name].kept = await bench.kept(served, MOUNTS);
}

log("inputs");
for (const served of fields) found[served.contender.name].inputs = await bench.inputs(served);

log("verifying");
const modules = {
  todoita: await import("../../www/node.js"),
  otpauth: await import(join(PEERS, "otpauth/dist/otpauth.node.mjs")),
  otplib: await import(join(PEERS, "otplib/dist/index.js")),
};
const inNode = await verifying(modules);
const inBrowser = await verifyInPage();

for (const served of all) served.stop();
await session.quit();
await close();

mkdirSync(join(ROOT, "target/bench"), { recursive: true });
writeFileSync(join(ROOT, "target/bench/widget.json"), JSON.stringify({ found, inNode, inBrowser }, null, 1));
const text = report();
console.log(text);
if (!quick) {
  const doc = readFileSync(DOC, "utf8");
  const [before, rest] = doc.split(BEGIN);
  const [, after] = rest.split(END);
  writeFileSync(DOC, `${before}${BEGIN}\n\n${text}\n${END}${after}`);
}

/** The same in a page, from one bundle. */
async function verifyInPage() {
  const folder = join(ROOT, "target/bench/verify");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "entry.js"),
    `import * as otpauth from "otpauth";
import * as otplib from "otplib";
import { verifying } from ${JSON.stringify(join(ROOT, "benches/widget/verify.mjs"))};
window.measured = import("/core.js").then((todoita) => verifying({ todoita, otpauth, otplib }));`,
  );
  execFileSync(
    "esbuild",
    [join(folder, "entry.js"), "--bundle", "--minify", "--format=esm", "--external:/core.js", `--outfile=${join(folder, "verify.js")}`, "--log-level=error"],
    { env: { ...process.env, NODE_PATH: PEERS } },
  );
  for (const file of ["core.js", "functions.js", "arguments.js", "dist/functions/functions.js", "dist/functions/functions_bg.wasm"]) {
    mkdirSync(join(folder, "dist/functions"), { recursive: true });
    writeFileSync(join(folder, file), readFileSync(join(ROOT, "www", file)));
  }
  const page = { folder, html: `<!doctype html><title>verify</title><script type="module" src="/verify.js"></script>`, alive: "title" };
  const served = await new Served({ name: "verify", field: null, ...page }).start();
  await session.open(served.url);
  for (let i = 0; i < 100 && !(await session.run(() => !!window.measured)); i++) await new Promise((done) => setTimeout(done, 50));
  const figures = await session.run(() => window.measured);
  served.stop();
  return figures;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`.replaceAll("|  |", "| |");
  return [line(head), line(head.map((_, place) => (place ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

function report() {
  const kilo = (bytes) => bytes.toLocaleString("en");
  const sum = (files) => Object.values(files).reduce((all, bytes) => all + bytes, 0);
  const ms = (value, digits = 0) => (value === null || value === undefined || Number.isNaN(value) ? "–" : value.toFixed(digits));
  const names = Object.keys(found);
  const withField = fields.map(({ contender }) => contender.name);
  const mounted = withField.filter((name) => found[name].kept);
  const seen = (name, condition, what) => {
    const values = found[name].times[condition].map((run) => run?.[what]).filter((value) => typeof value === "number");
    return values.length ? median(values) : null;
  };
  const date = new Date().toISOString().slice(0, 10);
  const chromium = execFileSync(process.env.CHROME ?? "chromium", ["--version"], { encoding: "utf8" }).trim();
  const about = all.map(({ contender }) => `- ${contender.name}: ${contender.about}`).join("\n");
  const loading = table(
    ["", "bytes", ...Object.keys(CONDITIONS).flatMap((name) => [`${name}: field`, "in charge"]), "blocked"],
    names.map((name) => [
      name, kilo(sum(found[name].bytes)),
      ...Object.keys(CONDITIONS).flatMap((condition) => [ms(seen(name, condition, "usable")), ms(seen(name, condition, "alive"))]),
      ms(seen(name, "cold, phone", "blocked")),
    ]),
  );
  const working = table(
    ["", "a key: own, p50", "p99", "all, p50", "p99", "a pasted message: own, p50", "p99", "all, p50", "p99", "kept of a mount: bytes", "nodes", "listeners"],
    withField.map((name) => {
      const { strokes, pastes, kept } = found[name];
      const each = (what) => (kept ? (kept[what] / MOUNTS).toFixed(what === "bytes" ? 0 : 2) : "–");
      const took = [strokes, pastes].flatMap((spans) =>
        ["own", "whole"].flatMap((part) => [0.5, 0.99].map((share) => ms(quantile(spans.map((span) => span[part]), share), 2))),
      );
      return [name, ...took, each("bytes"), each("nodes"), each("listeners")];
    }),
  );
  const stopped = withField
    .map((name) => [name, found[name].strokes.concat(found[name].pastes).reduce((all, { missed }) => all + missed, 0)])
    .filter(([, count]) => count)
    .map(([name, count]) => `${name} keeps ${count} events from the end of their way: they are not counted as its own.`);
  const shown = (value) => (value === "" || value === null ? "nothing" : `\`${value}\``);
  const reading = table(
    ["", "４８２９１３ as typed", "as composed", "message pasted", "48291357 pasted", "482913 pasted over 111111", "without JavaScript", "strict policy"],
    withField.map((name) => {
      const made = found[name].inputs;
      return [name, ...["wide", "composed", "message", "backup", "over"].map((key) => shown(made[key])), made.noscript, made.strict];
    }),
  );
  const fastest = (figures) => Math.min(figures.otpauth, figures.otplib);
  const verified = table(
    ["", "Node, ns a call", "of the fastest library", "browser, ns a call", "of the fastest library"],
    Object.keys(inNode).map((name) => [
      name, ...[inNode, inBrowser].flatMap((figures) => [kilo(Math.round(figures[name])), (figures[name] / fastest(figures)).toFixed(2)]),
    ]),
  );
  return `${date}; ${cpus()[0].model.trim()}, ${cpus().length} cores; ${chromium}; Node ${process.version}.
The machine's load when it began was ${load}: with more than 1 the milliseconds are too high, for all alike.

${about}

**Loading.** Bytes (brotli 11, all files until the widget is in charge and the network is quiet, without the page itself);
milliseconds from the navigation until the field is on the screen and until the widget in charge is (the end of the first
frame that has it), and the milliseconds beyond 50 of long tasks (cold, phone). Medians of ${RUNS} runs in turns. Phone: a quarter of this processor, 1.6 Mbit/s, 150 ms to
the server and back; warm: the files in the browser's cache.

${loading}

**Typing.** Milliseconds of a key or a pasted message: in listeners and microtasks (own), and from the first to the last of
them with the browser's work between (all). ${ROUNDS * 6} keys and ${ROUNDS} pastes each. And what is kept after ${MOUNTS} times put into the page and
taken out, for each time. ${stopped.join(" ")}

${working}

**The result of an input.** The text that the form would send. The message: \`${MESSAGE}\`. The policy is the strictest that todoita
documents.

${reading}

**Verifying** a wrong code with one step of drift in both directions, medians. otpauth ${version("otpauth")}, otplib ${version("otplib")}.

${verified}
`;
}
