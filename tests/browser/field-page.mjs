// A page with a field, open in a browser: the beginning of almost every test.

import { browser } from "./engines.mjs";
import { Field } from "./pages.mjs";
import { Site, page } from "./sites.mjs";

/**
 * Opens a page and waits until the widget is in charge.
 * @param {import("node:test").TestContext} t
 * @param {Parameters<typeof page>[0] | string} [parts] of the contract's page, or the whole page
 * @param {object} [options] also those of the site (`policy`, `assets`) and of the browser (`lang`, `width`, `own`, …)
 * @param {Record<string, string>} [options.files] other files of the site, by path
 * @param {string} [options.path] of the page
 * @param {string} [options.host] a selector of the field's element
 */
export async function openField(t, parts = {}, { files = {}, path, host, ...options } = {}) {
  const site = await Site.start(t, typeof parts === "string" ? parts : page(parts), options);
  Object.assign(site.files, files);
  const session = await browser(t, options);
  const field = await Field.open(session, site.url(path), host);
  return { site, session, field };
}

/** The address of the site's support, as a fact of the page. */
export const SUPPORT = { support: "/help" };

/** Opens a field with {@link SUPPORT}, whose guide therefore always has a way to people. */
export function openWithSupport(t, { facts = {}, lang = "ja", own = false, head = "", js = {} } = {}) {
  return openField(t, { facts: { ...SUPPORT, ...facts }, head, html: `lang="${lang}"` }, { files: js, lang, own });
}
