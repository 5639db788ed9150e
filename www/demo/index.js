// The front page: messages to copy, and a pretended server that answers as a site with a protocol of its
// own would. Nothing leaves the page; every sentence is in the HTML.

const host = document.querySelector("todoita-code");
const input = document.getElementById("code");
const result = document.getElementById("result");
const list = document.querySelector(".phone ol");
const arriving = document.querySelector(".phone template");

/** An instant some seconds from now, as a server would write it. */
const at = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
const textOf = (message) => message.querySelector(".text").textContent;

// The facts that a server gives in the markup. Here a script sets them, before the widget reads it.
const facts = { now: at(0), "sent-at": at(-15), "expires-at": at(585), "resend-at": at(15) };
for (const [name, value] of Object.entries(facts)) host.setAttribute(name, value);

async function copy(message, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(textOf(message));
    result.textContent = result.dataset.copied;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
    input.focus({ preventScroll: true });
    result.scrollIntoView({ block: "nearest" });
  } catch {
    // The clipboard may be closed to the page: the person copies by hand.
    getSelection().selectAllChildren(message.querySelector(".text"));
    result.textContent = result.dataset.selected;
  }
}

list.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button && button.textContent !== button.dataset.done) copy(button.closest("li"), button);
});

/** Puts the first message in as if it were pasted, once: who scrolls by sees what it does. */
function demonstrate() {
  if (input.value || input === document.activeElement) return;
  const first = list.firstElementChild;
  const data = textOf(first);
  input.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromPaste", data, bubbles: true, cancelable: true }));
  result.textContent = result.dataset.demonstrated.replace("{result}", first.dataset.result);
}

new MutationObserver((_, observer) => {
  observer.disconnect();
  demonstrate();
}).observe(host, { attributeFilter: ["data-state"] });

input.addEventListener("paste", ({ clipboardData }) => {
  const same = (text) => text.replace(/\s/g, "");
  const pasted = same(clipboardData.getData("text/plain"));
  const message = [...list.children].find((message) => same(textOf(message)) === pasted);
  if (message) result.textContent = message.dataset.result;
});

/** The codes that the pretended server accepts: those of the messages that are for this page. */
const isRight = (code) => [...list.children].some((message) => message.dataset.code === code);

function sendAnother() {
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  const message = arriving.content.firstElementChild.cloneNode(true);
  const text = message.querySelector(".text");
  message.dataset.code = String(number % 1_000_000).padStart(6, "0");
  text.textContent = text.textContent.replace("{code}", message.dataset.code);
  list.prepend(message);
  host.sent({ now: at(0), channel: "sms", destination: "5678", sentAt: at(0), expiresAt: at(600), resendAt: at(30) });
}

let attemptsLeft = 8;

host.addEventListener("todoita-submit", (event) => {
  event.preventDefault();
  const { formData } = event.detail;
  setTimeout(() => {
    if (formData.has("todoita-action")) sendAnother();
    else if (isRight(formData.get("code"))) host.accepted();
    else host.refused({ cause: "wrong", now: at(0), attemptsLeft: (attemptsLeft = Math.max(1, attemptsLeft - 1)) });
  }, 600);
});

host.addEventListener("todoita-accepted", () => (result.textContent = result.dataset.accepted));

// The guide's files are fetched when its card comes near.
new IntersectionObserver(
  ([{ isIntersecting }], observer) => {
    if (!isIntersecting) return;
    observer.disconnect();
    import("../dist/todoita-guide.js").catch((error) => console.error("The guide could not be fetched.", error));
  },
  { rootMargin: "400px" },
).observe(document.getElementById("guide"));
