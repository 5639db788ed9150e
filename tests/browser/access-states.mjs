// A login page as it ought to be around the field, and the states in which the field can be seen.

import { eventually } from "./pages.mjs";
import { STRICT, accept, element, minutes, refuse } from "./sites.mjs";

const TEXTS = {
  ja: { title: "確認コード", label: "認証コード", button: "確認する" },
  en: { title: "Verification code", label: "Code", button: "Continue" },
};

/** A page of a site with a heading and a main part, in a language. */
export function loginPage({ lang = "ja", facts, input = "", within = "", head = "" } = {}) {
  const { title, label, button } = TEXTS[lang];
  const inside = element({ facts, input, within }).replace("認証コード", label).replace("確認する", button);
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<link rel="stylesheet" href="/assets/dist/todoita.css"><link rel="stylesheet" href="/site.css">
<script type="module" src="/assets/dist/todoita.js"></script>${head}</head>
<body><main><h1>${title}</h1><form method="post" action="/login/code">${inside}</form></main></body></html>`;
}

/** The style of such a page. */
export const STYLE = "body { font-family: sans-serif; margin: 1rem; background: Canvas; color: CanvasText }";

const JSON_SITE = { answers: "json" };

/** A code is sent and answered in this way. */
const answered = (answer) => ({
  facts: JSON_SITE,
  async act(field, _, site) {
    site.answer = answer;
    await field.type("482913", "enter");
    await eventually(() => field.state(), (state) => state !== "busy" && state !== "ready");
  },
});
const refused = (cause, more) => answered((response) => refuse(response, cause, more));

/** Each state of the field: the element's attributes, and what the person does. `is`: its `data-state`. */
export const STATES = {
  waiting: { is: "ready" },
  typing: { is: "ready", act: (field) => field.type("482") },
  complete: { is: "ready", act: (field) => field.type("482913") },
  mended: { is: "ready", act: (field) => field.type("４８２９１３") },
  empty: { is: "problem", act: (field) => field.type("enter") },
  "too few": { is: "problem", act: (field) => field.type("48", "enter") },
  "too many": { is: "problem", act: (field) => field.type("1234567890123", "enter") },
  backup: { is: "ready", act: (field) => field.type("12345678") },
  "backup chosen": { is: "ready", facts: { support: "/help" }, act: async (field) => field.choose("backup") },
  cooling: { is: "ready", facts: { "resend-at": minutes(0.5) } },
  expired: { is: "expired", facts: { "expires-at": minutes(-1) } },
  busy: {
    is: "busy",
    facts: JSON_SITE,
    async act(field, _, site) {
      site.hold(/login/);
      await field.type("482913", "enter");
    },
  },
  "refused: wrong": { is: "refused", ...refused("wrong", { attemptsLeft: 3 }) },
  "refused: expired": { is: "expired", ...refused("expired") },
  "refused: used": { is: "refused", ...refused("used", { attemptsLeft: 3 }) },
  "refused: locked": { is: "locked", ...refused("locked", { attemptsLeft: 0, retryAt: minutes(30) }) },
  "refused: limited": { is: "refused", ...refused("limited", { retryAt: minutes(1) }) },
  "refused: unknown": { is: "refused", ...refused("unknown") },
  unreachable: { is: "unreachable", ...answered((response) => response.destroy()) },
  accepted: { is: "accepted", ...answered((response) => accept(response, { location: undefined })) },
  "refused before": {
    is: "refused",
    ...refused("wrong"),
    async act(field, session, site) {
      await STATES["refused: wrong"].act(field, session, site);
      await field.type("1", "backspace", ["control", "a"], "482913", "enter");
    },
  },
  "sent again": {
    is: "ready",
    facts: JSON_SITE,
    act: (_, session) =>
      session.run((now, then) => document.querySelector("todoita-code").sent({ channel: "sms", destination: "5678", now, sentAt: now, resendAt: then }), minutes(0), minutes(1)),
  },
  "locked as the page comes": { is: "locked", facts: { cause: "locked", "retry-at": minutes(59), "attempts-left": "0" } },
  "a mail to a long address": { is: "ready", facts: { channel: "email", destination: "sakura.long-address.for-the-narrowest-phone@mail.example.org" } },
  "a call": { is: "ready", facts: { channel: "voice" } },
  "the app": { is: "ready", facts: { channel: "app", "resend-at": null, "expires-at": null, destination: null } },
  "nothing known": {
    is: "ready",
    facts: { channel: null, destination: null, now: null, "sent-at": null, "expires-at": null, "resend-at": null, "attempts-left": null, alternatives: null },
  },
};

/** The states in which the widget is not in charge: the site's policy, or the methods as a plain list. */
export const PLAIN = { "no WebAssembly": { policy: STRICT.replace(" 'wasm-unsafe-eval'", "") } };
