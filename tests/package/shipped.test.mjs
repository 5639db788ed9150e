// The package's promises to those who install it: its types, exports, manifest, version and release.
// `cargo xtask test --only package` builds it and installs what these checks need.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT, TOOLS, WWW, installed } from "./packed.mjs";

const read = (...path) => readFileSync(join(...path), "utf8");
const manifest = JSON.parse(read(WWW, "package.json"));
const tool = (name) => join(TOOLS, ".bin", name);

let folder;
let packed;
let remove;
before(() => ({ folder, packed, remove } = installed({ tools: true })));
after(() => remove?.());

/** Runs a check in the folder; gives its output, and whether it found something. */
const run = (command, ...args) => {
  try {
    return { output: execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }), found: false };
  } catch (error) {
    return { output: `${error.stdout}${error.stderr}`, found: true };
  }
};

describe("the exports", () => {
  test("publint finds nothing", () => {
    const { output, found } = run(tool("publint"), "run", packed.filename, "--strict");
    assert.ok(!found && /All good/.test(output), output);
  });

  // ESM only: `require` gets it from Node 20.19 and 22.12 on. `moduleResolution: node10` knows no exports: the modules are where it looks.
  test("are the types wrong? no", () => {
    const modules = Object.keys(manifest.exports).filter((name) => manifest.exports[name].types?.endsWith(".d.ts") && manifest.exports[name].types !== "./css.d.ts");
    assert.ok(modules.length > 8);
    const names = modules.map((name) => name.replace(/^\.\/?/, "") || ".");
    const { output, found } = run(tool("attw"), packed.filename, "--ignore-rules", "cjs-resolves-to-esm", "--format", "ascii", "--no-color", "--entrypoints", ...names);
    assert.ok(!found, output);
    const verdicts = output.match(/^(node10|node16 \(from ESM\)|bundler): 🟢/gm);
    assert.equal(verdicts.length, 3 * modules.length, output);
  });

  test("name files that are there, and types first", () => {
    const files = new Set(packed.files.map(({ path }) => path));
    for (const [name, target] of Object.entries(manifest.exports)) {
      if (typeof target === "object") assert.equal(Object.keys(target)[0], "types", `${name} has types first`);
      for (const path of typeof target === "string" ? [target] : Object.values(target)) {
        if (!path.includes("*")) assert.ok(files.has(path.slice(2)), `${name}: ${path} is not in the tarball`);
      }
    }
    for (const path of [manifest.customElements, ...manifest.sideEffects].filter((path) => !path.includes("*"))) {
      assert.ok(files.has(path.replace("./", "")), `${path} is not in the tarball`);
    }
  });

  test("modules that register an element or start the WebAssembly have side effects, and so have styles; no others", () => {
    const matches = (path) =>
      manifest.sideEffects.some((glob) => new RegExp(`^${glob.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`).test(`./${path}`));
    const some = packed.files.map(({ path }) => path).filter((path) => /\.(js|css)$/.test(path));
    // The WebAssembly of core.js, node.js and worker.js is started at the top level of the module.
    const acts = (path) => path.endsWith(".css") || /customElements\.define|^(await init\(|initSync\()/m.test(read(WWW, path));
    assert.deepEqual(some.filter(matches).sort(), some.filter(acts).sort());
  });

  test("where no page is, the elements' modules do nothing", async () => {
    const { resolve } = createRequire(join(folder, "app.js"));
    for (const [name, ...classes] of [
      ["todoita", "TodoitaCodeElement"],
      ["todoita/element", "TodoitaCodeElement"],
      ["todoita/guide", "TodoitaGuideElement"],
      ["todoita/setup", "TodoitaSetupElement", "TodoitaBackupCodesElement", "TodoitaPhoneElement"],
    ]) {
      const module = await import(resolve(name));
      for (const element of classes) assert.equal(typeof module[element], "function", `${name}: ${element}`);
    }
    assert.equal(globalThis.customElements, undefined);
  });
});

describe("the types", () => {
  const check = (name, options) => {
    test(`hold under strict and ${name}`, () => {
      const home = join(folder, `types-${name}`);
      cpSync(join(ROOT, "tests/package/types"), home, { recursive: true });
      const compilerOptions = {
        strict: true, noEmit: true, target: "es2022", lib: ["es2022", "dom", "dom.iterable"], jsx: "react-jsx", types: [],
        noUncheckedSideEffectImports: true, exactOptionalPropertyTypes: true, verbatimModuleSyntax: true, ...options,
      };
      writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      writeFileSync(join(home, "package.json"), '{ "type": "module" }');
      const { output, found } = run(tool("tsc"), "--project", home);
      assert.ok(!found, output);
    });
  };
  check("bundler", { module: "esnext", moduleResolution: "bundler" });
  check("nodenext", { module: "nodenext", moduleResolution: "nodenext" });

  test("a wrong use does not compile", () => {
    const home = join(folder, "types-wrong");
    cpSync(join(ROOT, "tests/package/types"), home, { recursive: true });
    writeFileSync(join(home, "tsconfig.json"), '{ "compilerOptions": { "strict": true, "noEmit": true, "module": "nodenext", "jsx": "react-jsx", "types": [] } }');
    writeFileSync(join(home, "package.json"), '{ "type": "module" }');
    let wrong = 0;
    for (const name of ["page.ts", "server.ts", "code-step.ts", "better-auth.ts", "react.tsx", "templates.ts"]) {
      const text = read(home, name);
      wrong += text.match(/@ts-expect-error/g).length;
      writeFileSync(join(home, name), text.replaceAll("@ts-expect-error", ""));
    }
    const { output, found } = run(tool("tsc"), "--project", home, "--pretty", "false");
    assert.ok(found);
    assert.equal(output.match(/error TS\d+/g)?.length, wrong, output);
  });

  test("the declared functions are the exported ones", async () => {
    const declared = [...read(WWW, "core.d.ts").matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
    const { resolve } = createRequire(join(folder, "app.js"));
    assert.deepEqual(declared.sort(), Object.keys(await import(resolve("todoita/node"))).sort());
  });

  test("the declared values of the code step are the exported ones", async () => {
    const declared = [...read(WWW, "code-step/index.d.ts").matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
    const { resolve } = createRequire(join(folder, "app.js"));
    assert.deepEqual(declared.sort(), Object.keys(await import(resolve("todoita/server"))).sort());
  });

  test("each limit of the code step has the default that its comment states, and no other is declared", async () => {
    const { policyOf } = await import(pathToFileURL(join(WWW, "code-step/policy.js")));
    const [, declared] = read(WWW, "code-step/index.d.ts").match(/interface Limits \{([^]*?)\n\}/);
    const members = [...declared.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s+(\w+)\?: number;/g)];
    const amounts = { a: 1, an: 1, ten: 10 };
    const units = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };
    for (const [, comment, name] of members) {
      const [, amount, unit] = comment.match(/Default ([\d,]*\d|an?|ten)(?: (second|minute|hour|day)s?)?\b/) ?? assert.fail(`${name}: ${comment}`);
      const stated = (amounts[amount] ?? Number(amount.replaceAll(",", ""))) * (units[unit] ?? 1);
      assert.equal(policyOf().get(name), stated, name);
    }
    const known = read(ROOT, "src/wasm/policy.rs").matchAll(/^ +"(\w+)" => /gm);
    assert.deepEqual(members.map(([, , name]) => name).sort(), [...known].map(([, name]) => name).sort());
  });

  test("browsers, Node and workers get the same functions", () => {
    for (const file of ["core.js", "node.js", "worker.js"]) {
      assert.deepEqual(read(WWW, file).match(/^export .*/gm), ['export * from "./functions.js";'], file);
    }
  });
});

describe("custom-elements.json", () => {
  const { modules } = JSON.parse(read(WWW, "custom-elements.json"));
  const declared = (name) => modules.flatMap(({ declarations }) => declarations).find((one) => one.name === name);
  const names = (list) => list.map(({ name }) => name).sort();
  const code = declared("TodoitaCodeElement");
  const guide = declared("TodoitaGuideElement");

  /** The members of an interface in a file of types, those it extends included. */
  const members = (file, name) => {
    const [, bases, body] = new RegExp(`interface ${name}(?: extends ([\\w, ]+))? \\{\\n([^]*?)\\n\\}`).exec(read(WWW, file)) ?? [];
    assert.ok(body, `${file} has no interface ${name}`);
    const own = [...body.matchAll(/^ {2}"?([\w-]+)"?\??: /gm)].map(([, member]) => member);
    const from = (base) => (base === "GuideFacts" ? "guide.d.ts" : "element.d.ts");
    return [...own, ...(bases?.split(", ") ?? []).flatMap((base) => members(from(base), base))].sort();
  };

  test("has the attributes and events of the types", () => {
    assert.deepEqual(names(code.attributes), members("element.d.ts", "TodoitaCodeAttributes"));
    assert.deepEqual(names(guide.attributes), members("guide.d.ts", "TodoitaGuideAttributes"));
    const guides = members("guide.d.ts", "TodoitaGuideEventMap");
    assert.deepEqual(names(guide.events), guides);
    assert.deepEqual(names(code.events), [...members("element.d.ts", "TodoitaEventMap"), ...guides].sort());
    for (const element of ["Setup", "BackupCodes", "Phone"]) {
      assert.deepEqual(names(declared(`Todoita${element}Element`).attributes), members("setup.d.ts", `Todoita${element}Attributes`));
    }
    assert.deepEqual(names(declared("TodoitaSetupElement").events), members("setup.d.ts", "TodoitaSetupEventMap"));
  });

  test("has what the element observes, and what the reference lists", () => {
    const [, observed] = /const FACTS = \[([^\]]+)\]/.exec(read(WWW, "facts.js"));
    const facts = observed.match(/[\w-]+/g);
    assert.ok(facts.length > 5);
    // How often a code was sent counts for the guide alone; its types are there.
    assert.deepEqual([...members("element.d.ts", "SignInAttributes"), "resends"].sort(), facts.sort());
    const reference = read(ROOT, "docs/reference.md");
    const [, attributes, events] = /## Attributes\n([^]+?)## Events\n([^]+?)## Style/.exec(reference);
    const rows = (text) =>
      [...text.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
    assert.deepEqual(rows(attributes).sort(), names(code.attributes));
    assert.deepEqual(rows(events).sort(), names(code.events));
  });

  test("has the set-up elements as docs/setup.md describes them", () => {
    for (const [element, part] of [["Setup", "setup"], ["BackupCodes", "backup-codes"], ["Phone", "phone"]]) {
      const [, text] = new RegExp(`\n## \`<todoita-${part}>\`([^]*?)\n## `).exec(read(ROOT, "docs/setup.md"));
      const rows = [...text.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
      assert.deepEqual(rows.sort(), names(declared(`Todoita${element}Element`).attributes), element);
    }
  });

  test("has the methods and the colours that are there", () => {
    const [, body] = /declare class TodoitaCodeElement [^]*?\n\}/.exec(read(WWW, "element.d.ts"))[0].split("observedAttributes");
    assert.deepEqual(names(code.members), [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name).sort());
    const [, , tokens] = /Set any of these(.+)\n\n((?: {4}.+\n)+)/.exec(read(ROOT, "docs/reference.md"));
    assert.deepEqual(names(code.cssProperties), tokens.match(/--[\w-]+/g).sort());
  });

  test("names modules and tags that are there", () => {
    for (const { path, exports } of modules) {
      for (const { kind, name } of exports) {
        const [defined, exported] = [`define("${name}"`, new RegExp(`export (class ${name} |\\{[^}]* ${name}[, ])`)];
        assert.ok(kind === "js" ? exported.test(read(WWW, path)) : read(WWW, path).includes(defined), `${path}: ${name}`);
      }
    }
  });
});

test("one version, in Cargo.toml", () => {
  const [, version] = /\[workspace\.package\]\nversion = "([^"]+)"/.exec(read(ROOT, "Cargo.toml"));
  assert.equal(manifest.version, version, "www/package.json against Cargo.toml");
});

const load = async (name) => {
  const { parse } = createRequire(join(TOOLS, "app.js"))("yaml");
  return parse(read(ROOT, `.github/workflows/${name}.yml`));
};

test("the test workflow runs on every push and pull request, within an hour, and may only read", async () => {
  const { on, permissions, jobs } = await load("ci");
  assert.deepEqual(on, { push: { branches: ["**"] }, pull_request: null });
  assert.deepEqual(permissions, { contents: "read" });
  assert.equal(jobs.test.permissions, undefined);
  assert.equal(jobs.test["timeout-minutes"], 60);
  assert.equal(jobs.test.steps.at(-1).run, ".ci/run");
  for (const { uses } of jobs.test.steps) if (uses) assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
});

describe("the release workflow", async () => {
  test("runs on a tag, and may write nothing but the release and its provenance", async () => {
    const workflow = await load("release");
    assert.deepEqual(workflow.on, { push: { tags: ["v*"] } });
    assert.deepEqual(workflow.permissions, { contents: "read" });
    assert.equal(workflow.jobs.test.permissions, undefined);
    assert.deepEqual(workflow.jobs.publish.permissions, { contents: "write", "id-token": "write" });
    assert.equal(workflow.jobs.publish.needs, "test");
  });

  test("names existing commands, and actions by their hash", async () => {
    const { jobs } = await load("release");
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const help = read(ROOT, "xtask/src/main.rs");
    const commands = [...steps.map(({ run }) => run ?? "").join("\n").matchAll(/cargo xtask (\w+)/g)].map(([, name]) => name);
    assert.deepEqual(commands, ["test", "test", "audit", "release"]);
    for (const name of commands) assert.match(help, new RegExp(`^  ${name} `, "m"), `cargo xtask ${name}`);
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    assert.ok(actions.length);
    for (const action of actions) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    for (const [, path] of steps.map(({ run }) => run ?? "").join("\n").matchAll(/\.\/([\w./-]+)/g)) {
      assert.ok(existsSync(join(ROOT, path)), path);
    }
    const publish = steps.map(({ run }) => run).filter((run) => run?.includes("npm publish"));
    assert.equal(publish.length, 1);
    assert.match(publish[0], /npm publish target\/release-files\/\*\.tgz --provenance --access public/);
  });

  test("refuses a tag that is not the version", async () => {
    const { jobs } = await load("release");
    const step = jobs.publish.steps.find(({ name }) => name === "The tag is the version");
    const tagged = (tag) => {
      try {
        execFileSync("bash", ["-euo", "pipefail", "-c", step.run], { cwd: ROOT, env: { ...process.env, GITHUB_REF_NAME: tag }, stdio: "pipe" });
        return true;
      } catch {
        return false;
      }
    };
    assert.deepEqual([tagged(`v${manifest.version}`), tagged("v99.0.0"), tagged(manifest.version)], [true, false, false]);
  });
});
