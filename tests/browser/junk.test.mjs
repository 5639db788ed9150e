// Anything at all, given to what a page can call: the functions of `todoita/core`, and the element's methods.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after } from "node:test";
import { close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { complaints, eventually } from "./pages.mjs";


after(close);

const JUNK = await readFile(new URL("../package/junk.mjs", import.meta.url));

const open = (t, parts, options) => openField(t, parts, { files: { "/junk.js": JUNK }, ...options });

test("todoita/core answers any argument or names the wrong one, and still works afterwards", async (t) => {
  const { session } = await open(t);
  const { defects, count } = await session.run(async () => {
    const { tryAll } = await import("/junk.js");
    return tryAll(await import("/assets/core.js"));
  });
  assert.deepEqual(defects, []);
  assert.ok(count > 2000, `${count} calls`);
});

test("the element's methods take any argument without harm to the page or the field", async (t) => {
  const { site, session, field } = await open(t);
  await session.run(async () => {
    const { JUNK } = await import("/junk.js");
    const seen = { thrown: [], lost: [] };
    const note = (what, error) => seen[what].push(`${error?.stack ?? error}`);
    addEventListener("error", ({ error, message }) => note("lost", error ?? message));
    addEventListener("unhandledrejection", ({ reason }) => note("lost", reason));
    Object.assign(window, { seen, back: [] });
    const element = document.querySelector("todoita-code");
    const members = ["cause", "now", "channel", "destination", "sentAt", "expiresAt", "resendAt", "attemptsLeft", "retryAt", "fields"];
    for (const [shown, make] of Object.entries(JUNK)) {
      // A very long text is read, a character at a time; it would only slow this test down.
      if (/huge|megabyte|sparse/.test(shown)) continue;
      const attempt = (name, call) => {
        try {
          call();
        } catch (error) {
          // A wrong argument may throw an error at the caller; a trap of WebAssembly may not happen.
          if (error instanceof WebAssembly.RuntimeError) note("thrown", `${name}, ${shown}: ${error}`);
          else window.back.push(`${name}, ${shown}`);
        }
      };
      for (const method of ["refused", "sent"]) {
        attempt(method, () => element[method](make()));
        for (const member of members) attempt(`${method}.${member}`, () => element[method]({ [member]: make() }));
      }
    }
    await new Promise((done) => setTimeout(done));
  });
  assert.deepEqual(await session.run(() => window.seen), { thrown: [], lost: [] });
  // Only what cannot be made a text, or has no members, is thrown back: nothing that JSON can say.
  const back = await session.run(() => window.back);
  assert.deepEqual(back.filter((call) => !/, (.*proxy.*|.* throws|.* like .*|bare object|detached bytes|symbol)$/.test(call)), []);
  // And the field is as it was.
  await session.run(() => document.querySelector("todoita-code").refused({ cause: "wrong", attemptsLeft: 3 }));
  assert.match(await field.alert(), /3/);
  await field.type(["control", "a"], "482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
  assert.deepEqual(await complaints(session), []);
});

test("no value of location leads to another origin or breaks the field", async (t) => {
  // With its base elsewhere, whatever is given leads there.
  const { site, session, field } = await open(t, {}, { policy: "object-src 'none'" });
  const thrown = await session.run(async () => {
    const { JUNK } = await import("/junk.js");
    document.head.append(Object.assign(document.createElement("base"), { href: "https://elsewhere.example/" }));
    const element = document.querySelector("todoita-code");
    const thrown = [];
    for (const [shown, make] of Object.entries(JUNK)) {
      if (/huge|sparse/.test(shown)) continue;
      try {
        element.accepted(make());
      } catch (error) {
        thrown.push(`${shown}: ${error}`);
      }
    }
    return thrown;
  });
  assert.deepEqual(thrown, []);
  assert.equal(await session.url(), site.url());
  assert.equal(await field.state(), "accepted");
});
