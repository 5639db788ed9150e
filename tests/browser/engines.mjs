// The browsers, by the name in ENGINE: chrome (the default), firefox, webkit. Each engine's own code is in the file
// of its name.

import * as chrome from "./chrome.mjs";
import * as firefox from "./firefox.mjs";
import * as webkit from "./webkit.mjs";

export const ENGINE = process.env.ENGINE ?? "chrome";

const engine = { chrome, firefox, webkit }[ENGINE];
if (!engine) throw new Error(`ENGINE=${ENGINE}: it is chrome, firefox or webkit`);

/** A script that the pages of a test have first, where the engine's driver gives no console. */
export const { LISTENER } = engine;

/**
 * Options for a test that only some engines can run: in the others it is skipped, with the reason.
 * @param {string} names of these engines
 * @param {string} reason what the others lack
 */
export const only = (names, reason) => (names.split(" ").includes(ENGINE) ? {} : { skip: `only in ${names}: ${reason}` });

const idle = new Map();

/**
 * A browser for one test. To start one takes longer than most tests: a later test of the same file gets
 * it again, without cookies and on another page.
 * @param {import("node:test").TestContext} t
 * @param {object} [options]
 * @param {boolean} [options.javascript]
 * @param {string} [options.lang]
 * @param {Record<string, string>} [options.features] media features, by name: what the person's system asks for
 * @param {number} [options.width] of the viewport
 * @param {boolean} [options.own] for a test that changes what the browser itself is like
 */
export async function browser(t, { javascript = true, lang = "ja", features = {}, width = null, own = false } = {}) {
  const kind = JSON.stringify([javascript, lang, features, width]);
  const pool = idle.get(kind) ?? idle.set(kind, []).get(kind);
  let session = !own && pool.pop();
  if (!session) {
    session = await engine.start({ javascript, lang, features });
    if (width) await session.width(width);
  }
  t.after(async () => {
    if (own) return session.quit();
    await session.clear();
    pool.push(session);
  });
  return session;
}

/** To be called when a file's tests are over. */
export async function close() {
  for (const session of [...idle.values()].flat()) await session.quit();
  await engine.stop();
}
