// The submit: natively, by request for sites whose server speaks JSON, or by a protocol of the site's own.
import { part } from "./render.js";

const encode = (body, enctype) => {
  if (enctype === "multipart/form-data") return body;
  return new URLSearchParams([...body].map(([name, value]) => [name, String(value)]));
};

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Dispatches an event of the element; gives whether nobody cancelled it. */
export const dispatch = (host, name, detail, cancelable = false) =>
  host.dispatchEvent(new CustomEvent(`todoita-${name}`, { bubbles: true, composed: true, cancelable, detail }));

/** Whether an address is http(s) on the page's own origin. */
export const isSameOrigin = (address) => {
  try {
    const { origin, protocol } = new URL(address, document.baseURI);
    return origin === location.origin && /^https?:$/.test(protocol);
  } catch {
    return false;
  }
};

/** Where and how a form goes when `submitter` was pressed. */
const targetOf = (form, submitter) => ({
  // `form.action` would be an input of that name.
  action: (submitter?.hasAttribute("formaction") && submitter.formAction) || new URL(form.getAttribute("action") ?? "", document.baseURI).href,
  method: (submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toLowerCase(),
  enctype: submitter?.getAttribute("formenctype") ?? form.getAttribute("enctype") ?? "",
});

/**
 * Posts `body`. Gives the name of the element's method that takes the answer and the answer itself; "native" for an
 * HTML answer, which only the browser can show; nothing where no answer came.
 */
const post = async ({ action, enctype }, body, signal) => {
  const response = await fetch(action, {
    method: "POST",
    body: encode(body, enctype),
    headers: { accept: "application/json, application/problem+json" },
    signal,
  });
  if (response.redirected) return isSameOrigin(response.url) ? ["accepted", response.url] : ["native"];
  const type = response.headers.get("content-type") ?? "";
  if (!/[/+]json\b/.test(type)) return response.status < 500 ? ["native"] : [];
  const answer = await response.json();
  if (response.ok) return answer.status === "accepted" ? ["accepted", answer.location] : ["sent", answer];
  const wait = +response.headers.get("retry-after");
  // An answer with a wait of its own, for a resend for instance, needs nothing from the header.
  if (wait && answer.now && !answer.resendAt) answer.retryAt ??= +new Date(answer.now) + wait * 1000;
  return ["refused", answer];
};

/** The button that Enter presses. */
const defaultButton = (form) =>
  [...form.elements].find((control) => control.type === "submit" || control.type === "image") ?? form.querySelector("input[type=image]");

/**
 * Whether a button sends the code: the form's default button, one without name and address of its own, or one with
 * `data-way="code"`. All others ("cancel", "resend") are the site's alone.
 */
const isForCode = (button) => {
  if (!button || button.dataset.way === "code") return true;
  if (button.formNoValidate || button.hasAttribute("formaction")) return false;
  return !button.name || button === defaultButton(button.form);
};

export class Submission {
  #host;
  #run;
  #event;
  #code;
  #request;
  #native = false;

  /** `run`: hands an event to the core; gives whether the browser's own action is to be prevented. */
  constructor(host, input, run) {
    this.#host = host;
    this.input = input;
    this.#run = run;
  }

  /**
   * The form is about to be submitted; seen before the form's own listeners. A stop is not seen by them: what they
   * disable or send would stay so.
   */
  submitted(event) {
    const { submitter } = event;
    const action = submitter?.name === "todoita-action" ? submitter.value : "";
    if (this.#native || event.defaultPrevented) return;
    this.changed();
    if (!action && !isForCode(submitter)) return;
    this.#event = event;
    if (this.#run("submit", this.input.value, action)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    this.#event = undefined;
  }

  /** The text changed: the code that was sent is not the one in the form. */
  changed() {
    this.#code = undefined;
  }

  /** The code takes the place of the text in the input. */
  collected({ formData }) {
    if (this.#code && this.input.name) formData.set(this.input.name, this.#code);
  }

  abort() {
    this.#request?.abort();
  }

  /** A request of the field's that may be aborted; the last one before it is. */
  begin() {
    this.abort();
    return (this.#request = new AbortController()).signal;
  }

  /** Lets the submit go out with this code, or for one of the widget's buttons with none. */
  send([fresh, code]) {
    const event = this.#event;
    const submitter = event?.submitter;
    const { form } = this.input;
    this.abort();
    this.#code = code;
    // A server may have rendered it elsewhere in the form.
    const key =
      form.querySelector("[name=todoita-attempt]") ??
      part(this.#host, "[name=todoita-attempt]", "input", { type: "hidden", name: "todoita-attempt" });
    if (fresh || !key.value) key.value = newKey();
    const body = new FormData(form);
    if (submitter?.name) body.set(submitter.name, submitter.value);
    const target = targetOf(form, submitter);
    if (!dispatch(this.#host, "submit", { formData: body }, true)) {
      // The site has a protocol of its own and answers by accepted() or refused().
      event?.preventDefault();
    } else if (this.#host.getAttribute("answers") === "json" && target.method === "post" && target.enctype !== "text/plain" && isSameOrigin(target.action)) {
      event?.preventDefault();
      this.#post(target, body, submitter);
    } else {
      setTimeout(() => event?.defaultPrevented && this.#run("released"));
    }
  }

  async #post(target, body, submitter) {
    const signal = this.begin();
    let answer = [];
    try {
      answer = await post(target, body, signal);
    } catch {
      // No network, or an invalid answer: the outcome is unknown.
    }
    const [method, value] = answer;
    if (signal.aborted) return;
    if (method === "native") this.#submitNatively(submitter);
    else if (method) this.#host[method](value);
    else this.#run("unreachable");
  }

  /** Submits as the form would without the widget: with the same key, so the answer is the same. */
  #submitNatively(submitter) {
    const { form } = this.input;
    this.#native = true;
    form.noValidate = true;
    submitter ? submitter.click() : form.submit();
  }
}
