// The facts of the sign-in and its page, by the names of the attributes (src/guide/facts.rs).
import { canBeFollowed } from "./address.js";
import { defaults } from "./defaults.js";

/** Addresses of the site. Not `key`, which React and Vue keep for themselves. */
const ADDRESSES = ["support", "notice", "security-key", "reset", "linked"];

/** The phone or computer that shows the page; the code may come to another. */
const device = () => {
  const { userAgent, maxTouchPoints } = navigator;
  if (/Android/.test(userAgent)) return "android";
  return /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1) ? "ios" : "desktop";
};

/**
 * The facts for a guide: those of its profile, over them the page's defaults, over them the attributes of its field (its
 * own where it is alone), over them what the field has received since. `began`: when the guide began, in milliseconds.
 */
export const factsOf = (guide, field, profile, began) => {
  const facts = { ...profile };
  for (const element of [defaults(), field ?? guide]) {
    for (const { name, value } of element?.attributes ?? []) facts[name] = value;
  }
  facts.elapsed = Date.now() - began;
  if (field) Object.assign(facts, field.guideFacts);
  else facts.alone = "";
  for (const name in facts) {
    if (!/^now$|-at$/.test(name)) continue;
    const instant = +new Date(facts[name]);
    facts[name] = instant >= 0 ? instant : undefined;
  }
  for (const name of ADDRESSES) {
    if (!canBeFollowed(facts[name] || "data:")) facts[name] = undefined;
  }
  facts.device = device();
  return facts;
};
