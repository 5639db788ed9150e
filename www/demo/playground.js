// The playground: every attribute to change, and a pretended server. Nothing leaves the page: a submit
// goes no further than `answered` below. Every sentence is in the HTML.

const place = document.getElementById("login");
const settings = document.getElementById("settings");
const log = document.getElementById("log");
const snippet = document.getElementById("snippet");
/** The field before the widget comes: replaced at each change, since some attributes are read once. */
const pristine = place.querySelector("todoita-code").cloneNode(true);

const TIMES = { "sent-at": -1, "expires-at": 1, "resend-at": 1, "retry-at": 1 };
const PLAIN = new URLSearchParams(location.search).has("plain");

/** An instant some seconds from now, as a server would write it. */
const at = (seconds) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, "");

/** The element's attributes, from the settings; an empty one is absent. */
function attributes() {
  const made = {};
  for (const [name, value] of new FormData(settings)) {
    const flag = settings.elements[name].type === "checkbox";
    if (value === "" && !flag) continue;
    if (name in TIMES) made[name] = at(TIMES[name] * Number(value));
    else made[name] = name === "alternatives" && made[name] ? `${made[name]} ${value}` : value;
  }
  if (Object.keys(TIMES).some((name) => name in made)) made.now = at(0);
  for (const [name, usual] of [["digits", "6"], ["backup-digits", "8"]]) if (made[name] === usual) delete made[name];
  return made;
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

const attribute = ([name, value]) => (value === "" ? name : `${name}="${escape(value)}"`);

/** One of the three elements in the field, as it is written. */
const written = (element) => {
  const name = element.localName;
  const attributes = [...element.attributes].map(({ name, value }) => ` ${attribute([name, value])}`).join("");
  return `    <${name}${attributes}>${name === "input" ? "" : `${escape(element.textContent)}</${name}>`}`;
};

/** The markup for a page. */
function markup(made) {
  const lines = Object.entries(made).map(attribute);
  return `<link rel="stylesheet" href="/todoita/dist/todoita.css">
<script type="module" src="/todoita/dist/todoita.js" integrity="sha384-…"></script>

<form method="post" action="/login/code">
  <todoita-code${lines.map((line) => `\n      ${line}`).join("")}>
${[...pristine.children].map(written).join("\n")}
  </todoita-code>
</form>
`;
}

function show() {
  const made = attributes();
  const typed = place.querySelector("#code").value;
  const field = pristine.cloneNode(true);
  for (const [name, value] of Object.entries(made)) field.setAttribute(name, value);
  field.querySelector("#code").value = typed;
  place.replaceChildren(field);
  snippet.textContent = markup(made);
  const kept = new URLSearchParams(new FormData(settings));
  // The guide keeps its place in the history's state.
  history.replaceState(history.state, "", `#${kept}`);
}

/** Takes the settings out of the address. */
function restore() {
  const kept = new URLSearchParams(location.hash.slice(1));
  if (![...kept.keys()].length) return;
  for (const control of settings.elements) {
    if (!control.name) continue;
    const values = kept.getAll(control.name);
    if (control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
}

function note(name, about) {
  const entry = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString(document.documentElement.lang);
  const event = document.createElement("code");
  event.textContent = name;
  entry.append(time, " ", event, " ", about);
  log.prepend(entry);
  while (log.children.length > 50) log.lastChild.remove();
  log.hidden = false;
  document.getElementById("nothing").hidden = true;
}

const describe = (detail) => {
  const { formData, ...rest } = detail ?? {};
  if (formData) return [...formData].map(([name, value]) => `${name}=${value}`).join("&");
  return Object.keys(rest).length ? JSON.stringify(rest) : "";
};

for (const name of ["submit", "input", "complete", "accepted", "refused", "unavailable", "step", "remedy"]) {
  document.addEventListener(`todoita-${name}`, ({ type, detail }) => note(type, describe(detail)));
}

const json = (status, value) =>
  new Response(JSON.stringify(value), { status, headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" } });

/** The answer of the pretended server to a submit with answers="json". */
function answered(body) {
  const fresh = { now: at(0), sentAt: at(0), expiresAt: at(600), resendAt: at(30) };
  const action = body.get("todoita-action");
  if (action) return json(200, { status: "sent", destination: "5678", ...fresh, channel: action === "resend" ? "sms" : action });
  const cause = document.getElementById("answer").value;
  if (cause === "accepted") return json(200, { status: "accepted" });
  if (cause === "sent") return json(200, { status: "sent", ...fresh });
  if (cause === "unreachable") throw new TypeError("the pretended server does not answer");
  const wait = { locked: 3600, limited: 60 }[cause];
  return json(422, { cause, now: at(0), attemptsLeft: cause === "locked" ? 0 : 7, ...(wait && { retryAt: at(wait) }) });
}

const reach = window.fetch;
window.fetch = async (address, options) => {
  if (options?.method !== "POST") return reach(address, options);
  const wait = document.getElementById("slow").checked ? 3000 : 400;
  await new Promise((done, stop) => {
    setTimeout(done, wait);
    options.signal?.addEventListener("abort", () => stop(new DOMException("", "AbortError")));
  });
  return answered(options.body);
};

// A form that is posted by the browser would leave the page. Behind the widget's own listener, at the form.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target !== place) return;
  event.preventDefault();
  note("submit", String(new URLSearchParams(new FormData(place, event.submitter))));
});

settings.addEventListener("input", show);
settings.addEventListener("submit", (event) => event.preventDefault());
settings.addEventListener("reset", () => setTimeout(show));

document.getElementById("paste").addEventListener("click", () => {
  const input = place.querySelector("#code");
  input.focus();
  input.select();
  // As if it were pasted: a person's own paste does the same.
  const { value } = document.getElementById("message");
  const event = new InputEvent("beforeinput", { inputType: "insertFromPaste", data: value, bubbles: true, cancelable: true });
  if (input.dispatchEvent(event)) document.execCommand("insertText", false, value);
});

document.getElementById("copy").addEventListener("click", async ({ target }) => {
  const label = target.textContent;
  try {
    await navigator.clipboard.writeText(snippet.textContent);
    target.textContent = target.dataset.done;
  } catch {
    // The clipboard may be closed to the page: the person copies by hand.
    getSelection().selectAllChildren(snippet);
    target.textContent = target.dataset.selected;
  }
  setTimeout(() => (target.textContent = label), 2000);
});

document.getElementById("profile").addEventListener("change", async ({ target }) => {
  const alone = document.getElementById("place");
  alone.replaceChildren();
  if (!target.value) return;
  await import("../dist/todoita-guide.js");
  const guide = document.createElement("todoita-guide");
  guide.setAttribute("profile", target.value);
  alone.append(guide);
});

const other = document.querySelector("header a[hreflang]");
other.addEventListener("click", () => (other.href = `${other.pathname}${location.search}${location.hash}`));

restore();
show();
document.getElementById("plain").hidden = PLAIN;
document.getElementById("lively").hidden = !PLAIN;
for (const link of [document.getElementById("plain"), document.getElementById("lively")]) {
  link.addEventListener("click", () => (link.href = `${link.getAttribute("href").split("#")[0]}${location.hash}`));
}
if (!PLAIN) await import("../dist/todoita.js");
