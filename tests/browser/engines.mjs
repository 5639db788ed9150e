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

/** Browsers that no test has at present, each with what it is like. */
const idle = [];

/** Takes the browser out of `idle` that is as wished, or one that can be made so; undefined if there is none. */
async function reuse(wished) {
  const place = (fits) => idle.findIndex(({ session, is }) => fits(session, is));
  const same = place((_, is) => JSON.stringify(is) === JSON.stringify(wished));
  const at = same >= 0 ? same : place((session, is) => session.canBecome(wished, is));
  if (at < 0) return undefined;
  const [{ session }] = idle.splice(at, 1);
  try {
    // Also where it is as wished: a test may have changed it.
    await session.become(wished);
    return session;
  } catch {
    await session.quit();
    return undefined;
  }
}

/**
 * A browser for one test. To start one takes longer than most tests: a later test of the same file, or a later
 * subtest, gets it again, without cookies and on another page.
 * @param {import("node:test").TestContext} t
 * @param {object} [options]
 * @param {boolean} [options.javascript]
 * @param {string} [options.lang]
 * @param {Record<string, string>} [options.features] media features, by name: what the person's system asks for
 * @param {number} [options.width] of the viewport
 * @param {boolean} [options.own] for a test that changes what the browser itself is like, and does not restore it
 */
export async function browser(t, { javascript = true, lang = "ja", features = {}, width = null, own = false } = {}) {
  const wished = { javascript, lang, features, width };
  let session = own ? undefined : await reuse(wished);
  if (!session) {
    session = await engine.start(wished);
    if (width) await session.width(width);
  }
  t.after(async () => {
    // A browser that cannot leave its page (its server is gone, say) ends here; the test has its result.
    const kept = !own && (await session.clear().then(() => true, () => false));
    if (kept) idle.push({ session, is: wished });
    else await session.quit();
  });
  return session;
}

/** To be called when a file's tests are over. */
export async function close() {
  await Promise.all(idle.map(({ session }) => session.quit()));
  await engine.stop();
}
