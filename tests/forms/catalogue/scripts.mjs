// Sites whose own scripts listen to the form.

import { AFTERWARDS } from "../browser.mjs";

const FORM = (attributes = "", button = '<button id="go">確認する</button>', input = '<input id="code" name="code">') =>
  `<form id="f" method="post" action="/login/code" ${attributes}><todoita-code channel="sms" destination="5678"><label for="code">認証コード</label>${input}${button}</todoita-code></form>`;

/** The site's own submit handler, which posts by fetch and stays on the page. */
const SEND = `let answers = 0; const send = async (event) => { event.preventDefault(); const response = await fetch(f.action, { method: "POST", body: new URLSearchParams(new FormData(f)) }); if (response.status === 422) document.documentElement.dataset.answer = ++answers; };`;

const entry = (name, html, more = {}) => ({ name, html, button: "#go", ...more });

export default [
  entry("own fetch, listening before the element", `${FORM()}<script>${SEND} f.addEventListener("submit", send)</script>`, { stays: true }),
  entry("own fetch, listening after the element", `${FORM()}<script>${SEND}</script>${AFTERWARDS('f.addEventListener("submit", send)')}`, { stays: true, late: true }),
  entry("own fetch in a click handler of a plain button", `${FORM("", '<button id="go" type="button">確認する</button>')}<script>${SEND} go.addEventListener("click", send)</script>`, { stays: true, enter: false }),
  entry("own handler that reads the input's value", `${FORM()}<script>let n = 0; f.addEventListener("submit", async (event) => { event.preventDefault(); const r = await fetch("/api/verify", { method: "POST", body: new URLSearchParams({ code: code.value }) }); if (r.status === 422) document.documentElement.dataset.answer = ++n })</script>`, { stays: true }),
  entry("button disabled by a submit listener", `${FORM()}<script>f.addEventListener("submit", () => { go.disabled = true })</script>`),
  entry("button disabled by onsubmit, text changed", FORM('onsubmit="go.disabled = true; go.textContent = \'送信中…\'"')),
  entry("button disabled until six characters, by input", `${FORM("", '<button id="go" disabled>確認する</button>')}<script>code.addEventListener("input", () => { go.disabled = code.value.length < 6 })</script>`),
  entry("button disabled until six characters, by keyup", `${FORM("", '<button id="go" disabled>確認する</button>')}<script>code.addEventListener("keyup", () => { go.disabled = code.value.length < 6 })</script>`),
  entry("form sent by the site's script as soon as six digits are there", `${FORM()}<script>code.addEventListener("input", () => { if (/^[0-9]{6}$/.test(code.value)) f.requestSubmit() })</script>`, { auto: true }),
  entry("form.submit() from a link, which fires no submit event", `${FORM("", '<a id="go" href="#" onclick="f.submit(); return false">確認する</a>')}`, { enter: false }),
  entry("input that the site cleans of all but digits", FORM("", undefined, '<input id="code" name="code" oninput="const v = this.value.replace(/[^0-9]/g, \'\'); if (v !== this.value) this.value = v">')),
  entry("confirmation in a listener of the document", `${FORM()}<script>document.addEventListener("submit", (event) => { if (!event.target.dataset.asked) { event.preventDefault(); const { target, submitter } = event; target.dataset.asked = "1"; setTimeout(() => target.requestSubmit(submitter)) } })</script>`),
  entry("jquery-validation: digits and length, with its own submit handler", `${FORM("", undefined, '<input id="code" name="code" data-rule-required="true" data-rule-digits="true">')}<script>$("#f").validate({ submitHandler: (form) => form.submit() })</script>`, {
    libraries: ["jquery/dist/jquery.js", "jquery-validation/dist/jquery.validate.js"],
    refused: "label.error",
  }),
  entry("several submit buttons with listeners of their own", `${FORM("", '<button id="go" name="op" value="verify">確認する</button><button id="voice" name="method" value="voice" formaction="/other">電話で受け取る</button><button id="cancel" name="cancel" value="1" onclick="f.dataset.cancelled = 1">やめる</button>')}`, {
    others: [{ press: "#voice" }, { press: "#voice", text: "482" }, { press: "#cancel" }, { press: "#cancel", text: "482" }],
  }),
];
