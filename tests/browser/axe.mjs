// axe-core in a page, and what it leaves open measured here. Its source goes in by WebDriver: the pages'
// policies allow no foreign script.

import { readFile } from "node:fs/promises";
import { bringContrast } from "./contrast.mjs";
import { ENGINE } from "./engines.mjs";

const SOURCE = await readFile(new URL("../../.tools/npm/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** WCAG 2.2 at levels A and AA, and axe's own good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** The rules that a change of colours can break; the others see the same in every scheme. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

/** The schemes that can be asked for: only Chromium's DevTools can set them. */
export const SCHEMES =
  ENGINE === "chrome"
    ? {
        light: [{ name: "prefers-color-scheme", value: "light" }, { name: "forced-colors", value: "none" }],
        dark: [{ name: "prefers-color-scheme", value: "dark" }, { name: "forced-colors", value: "none" }],
        forced: [{ name: "prefers-color-scheme", value: "dark" }, { name: "forced-colors", value: "active" }],
      }
    : { "as it is": undefined };

/** Runs in the page: the findings of axe, and our own measure of the contrasts that it cannot decide. */
async function findings(where, colour, tags, rules) {
  const { violations, incomplete } = await window.axe.run(where ?? document, {
    runOnly: colour ? { type: "rule", values: rules } : { type: "tag", values: tags },
    resultTypes: ["violations", "incomplete"],
    // 2.5.8, which axe leaves off by default.
    rules: colour ? {} : { "target-size": { enabled: true } },
  });

  const found = [];
  const report = (rule, node, why) => found.push(`${rule}: ${node.target.join(" ")}: ${why}`);
  for (const { id, nodes } of violations) {
    for (const node of nodes) report(id, node, [...node.any, ...node.all, ...node.none].map(({ message }) => message).join("; "));
  }
  for (const { id, nodes } of incomplete) {
    for (const node of nodes) {
      const ratio = id === "color-contrast" && window.contrast.ofText(document.querySelector(node.target[0]));
      if (ratio >= 4.5) continue;
      report(`${id} (undecided)`, node, ratio ? `${ratio.toFixed(2)} by our own measure` : [...node.any, ...node.all, ...node.none].map(({ message }) => message).join("; "));
    }
  }
  return { found };
}

/** Runs in the page, with a picture of it: the visible texts in which no two points differ by 4.5. */
async function dim(picture) {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(bitmap, 0, 0);
  const contrast = ({ x, y, width, height }) => {
    const { data } = canvas.getImageData(x + scrollX, y + scrollY, Math.max(1, width), Math.max(1, height));
    let [least, most] = [1, 0];
    for (let at = 0; at < data.length; at += 4) {
      const l = window.contrast.light([data[at], data[at + 1], data[at + 2]]);
      least = Math.min(least, l);
      most = Math.max(most, l);
    }
    return window.contrast.ratio(most, least);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || parent.closest("option, template, pre, script, style")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const [line] = [...range.getClientRects()].filter(
      // Elements that are outside the page until they have the focus are not visible.
      ({ width, height, right, bottom }) => width > 4 && height > 4 && right + scrollX > 0 && bottom + scrollY > 0,
    );
    const ratio = line && contrast(line);
    if (ratio < 4.5) found.push(`contrast of the picture: ${parent.localName} "${node.data.trim().slice(0, 16)}": ${ratio.toFixed(2)}`);
  }
  return found;
}

/** The texts that cannot be distinguished from their background, as the browser paints them: forced colours are not in the
 * computed styles, which is all that axe sees. */
async function dimIn(session) {
  // Laid out and painted, down to the page's end.
  await session.run(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
  const { cssContentSize } = await session.devtools("Page.getLayoutMetrics");
  const clip = { ...cssContentSize, scale: 1 };
  const { data } = await session.devtools("Page.captureScreenshot", { captureBeyondViewport: true, clip });
  return session.run(dim, data);
}

/** Puts axe into the page, if it is not there. */
async function bring(session) {
  if (await session.run(() => !!window.axe)) return;
  await session.run(`() => { ${SOURCE} }`);
  await bringContrast(session);
  await session.run(`() => { window.findings = ${findings}; window.dim = ${dim} }`);
}

/** Takes a scheme on; an empty list is the browser's own. */
async function wear(session, features) {
  if (!features) return;
  await session.devtools("Emulation.setEmulatedMedia", { features });
  // A transition between two schemes would be measured half way.
  await session.run(() => {
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  });
}

/**
 * The findings of axe in an open guide, on each screen that these answers lead to: `["light: screen: rule: …"]`.
 * @param {string} key under which the guide keeps its place in the history entry
 * @param {string[]} paths answers, from the start
 * @param {string[]} [coloured] those that are looked at in the other schemes too
 */
export async function auditGuide(session, key, paths, coloured = paths) {
  await bring(session);
  const all = [];
  for (const [index, [scheme, features]] of Object.entries(SCHEMES).entries()) {
    await wear(session, features);
    const due = index ? coloured : paths;
    // Few enough at once for the time that a script is given.
    for (let at = 0; at < due.length; at += 8) {
      const part = due.slice(at, at + 8);
      const found = scheme === "forced" ? await dimScreens(session, key, part) : await session.run(screens, key, part, scheme === "dark", TAGS, OF_COLOUR);
      all.push(...found.map((line) => `${scheme}: ${line}`));
    }
  }
  await wear(session, SCHEMES.light && []);
  return all;
}

/** Runs in the page: goes through screens and looks at each. */
async function screens(key, paths, colour, tags, rules) {
  const all = [];
  for (const answers of paths) {
    dispatchEvent(new PopStateEvent("popstate", { state: { todoita: { [key]: { answers, depth: 1 } } } }));
    const guide = document.querySelector("todoita-guide");
    // All that can be unfolded is looked at.
    for (const fold of guide.querySelectorAll("details")) fold.removeAttribute("name"), (fold.open = true);
    const { found } = await window.findings("todoita-guide", colour, tags, rules);
    all.push(...found.map((line) => `${guide.dataset.screen}: ${line}`));
  }
  return all;
}

async function dimScreens(session, key, paths) {
  const all = [];
  for (const answers of paths) {
    const name = await session.run((key, answers) => {
      dispatchEvent(new PopStateEvent("popstate", { state: { todoita: { [key]: { answers, depth: 1 } } } }));
      const guide = document.querySelector("todoita-guide");
      for (const fold of guide.querySelectorAll("details")) fold.removeAttribute("name"), (fold.open = true);
      return guide.dataset.screen;
    }, key, answers);
    all.push(...(await dimIn(session)).map((line) => `${name}: ${line}`));
  }
  return all;
}

/**
 * The findings of axe, and in forced colours of a comparison of pixels, in the current page, in every scheme:
 * `["light: rule: element: why"]`. Findings that axe calls
 * incomplete is found too, but for contrasts that are enough by our own measure.
 * @param {object} [options]
 * @param {string} [options.where] a selector; the whole page without it
 * @param {Record<string, string>} [options.but] rules that are left out, each with the reason
 */
export async function audit(session, { where, but = {} } = {}) {
  await bring(session);
  const all = [];
  for (const [scheme, features] of Object.entries(SCHEMES)) {
    await wear(session, features);
    const found = scheme === "forced" ? await dimIn(session) : (await session.run(findings, where ?? null, scheme === "dark", TAGS, OF_COLOUR)).found;
    all.push(...found.map((line) => `${scheme}: ${line}`));
  }
  await wear(session, SCHEMES.light && []);
  return all.filter((line) => !Object.keys(but).some((rule) => line.includes(`: ${rule}: `)));
}
