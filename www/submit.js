// The submit: natively, by request for sites whose server speaks JSON, or by a protocol of the site's own.
import { canBeFollowed, isSameOrigin } from "./address.js";
import { isForCode } from "./controls.js";
import { setting } from "./defaults.js";
import { part } from "./render.js";

const encode = (body, enctype) => {
  if (enctype === "multipart/form-data") return body;
  return new URLSearchParams([...body].map(([name, value]) => [name, String(value)]));
};

/** A random idempotency key of 128 bits: four numbers. */
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

/** Dispatches an event of the element; gives whether nobody cancelled it. */
export const dispatch = (host, name, detail, cancelable = false) =>
  host.dispatchEvent(new CustomEvent(`todoita-${name}`, { bubbles: true, composed: true, cancelable, detail }));

/** Where and how a form goes when `submitter` was pressed. Read from attributes: `form.action` would be an input of that name. */
const targetOf = (form, submitter) => {
  const value = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
  return {
    action: new URL(value("action") || document.URL, document.baseURI).href,
    method: value("method").toLowerCase(),
    enctype: value("enctype"),
    // The page stays: a dialog is closed, or the answer goes into a frame.
    stays: value("method") === "dialog" || !/^(_self|_parent|_top|)$/.test(value("target")),
  };
};

/**
 * Posts `body`. Gives the name of the element's method that takes the answer and the answer itself; "page" with an HTML
 * answer; "native" for one that only the browser can show; nothing where no answer came.
 */
const post = async ({ action, enctype }, body, signal) => {
  const options = {
    method: "POST",
    body: encode(body, enctype),
    headers: { accept: "application/json, application/problem+json" },
    signal,
  };
  // A redirect to another origin fails like a lost connection, and only the browser can follow it. Where the redirect is not
  // followed, the answer has no status. The key makes the repeated post harmless.
  const response = await fetch(action, options).catch(() => fetch(action, { ...options, redirect: "manual" }));
  if (response.redirected) return isSameOrigin(response.url) ? ["accepted", response.url] : ["native"];
  const type = response.headers.get("content-type");
  if (!/[/+]json\b/.test(type)) {
    if (response.status >= 500) return [];
    return response.status && (!type || /^text\/html/.test(type)) ? ["page", await response.text()] : ["native"];
  }
  const answer = await response.json();
  if (response.ok) return answer.status === "accepted" ? ["accepted", answer.location] : ["sent", answer];
  const wait = +response.headers.get("retry-after");
  // An answer with a wait of its own, for a resend for instance, needs nothing from the header.
  if (wait && answer.now && !answer.resendAt) answer.retryAt ??= +new Date(answer.now) + wait * 1000;
  return ["refused", answer];
};

/** The submits that an element has let through; those that another element in the same form has stopped are false. */
const submits = new WeakMap();

export class Submission {
  #host;
  #parts;
  #call;
  #event;
  #formData;
  #request;
  #native = false;

  /** `call`: calls a method of the field, while the element is alive. */
  constructor(host, parts, call) {
    this.#host = host;
    this.#parts = parts;
    this.#call = call;
  }

  /**
   * The form is about to be submitted; seen before the form's own listeners. A stop is not seen by them: what they
   * disable or send would stay so.
   */
  submitted(event) {
    const { submitter } = event;
    const action = submitter?.name === "todoita-action" ? submitter.value : "";
    if (this.#native) return this.#leave(event);
    if (event.defaultPrevented && !submits.has(event)) return;
    if (action ? !this.#host.contains(submitter) : !isForCode(submitter)) return;
    this.#event = event;
    if (this.#call("submitted", action)) {
      submits.set(event, false);
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  /** The code takes the place of the text in the input. */
  collected({ formData }) {
    this.#formData = formData;
    this.#call("collect");
  }

  /** For a text that is a code. */
  collect(kind, code) {
    const { name } = this.#parts.input;
    const formData = this.#formData;
    if (!formData.has(name)) return;
    const other = kind === "backup" && setting(this.#host, "backup-name");
    if (other) formData.delete(name);
    formData.set(other || name, code);
    formData.set("todoita-kind", kind);
  }

  /** Whether a request is pending. A wait for a message (WebOTP) stays so after its end, until a submit: the browser asks the person once. */
  get isPending() {
    return this.#request?.signal.aborted === false;
  }

  abort() {
    this.#request?.abort();
  }

  /** A request of the field's that may be aborted; the last one before it is. */
  begin() {
    this.abort();
    return (this.#request = new AbortController()).signal;
  }

  /** Lets the submit go out: with a code of this kind, or with none for a button of the widget or an unread text. */
  send(fresh, kind) {
    const event = this.#event;
    const { submitter } = event;
    const { form } = this.#parts.input;
    this.abort();
    // A server may have rendered it elsewhere in the form.
    const key = form.querySelector("[name=todoita-attempt]") ?? part(this.#host, "[name=todoita-attempt]", "input", { type: "hidden", name: "todoita-attempt" }, form);
    if (fresh || !key.value) key.value = newKey();
    if (kind === "backup") this.#divert(form, setting(this.#host, "backup-action"));
    const body = new FormData(form);
    if (submitter?.name) body.set(submitter.name, submitter.value);
    const target = targetOf(form, submitter);
    const isFirst = !submits.has(event);
    submits.set(event, true);
    this.#parts.leaving = false;
    if (!dispatch(this.#host, "submit", { formData: body, kind: kind ?? null, action: body.get("todoita-action") }, true)) {
      // The site has a protocol of its own and answers by accepted() or refused().
      event.preventDefault();
    } else if (setting(this.#host, "answers") === "json" && target.method === "post" && target.enctype !== "text/plain" && isSameOrigin(target.action)) {
      event.preventDefault();
      // Once all elements in the form have judged it. One of them sends it.
      setTimeout(() => (isFirst && submits.get(event) ? this.#post(target, body, submitter) : this.#call("occurred", "released")));
    } else {
      this.#leave(event, target.stays);
    }
  }

  /** The browser is about to leave the page, unless the submit goes elsewhere or the site keeps it back. */
  #leave(event, stays) {
    this.#parts.leaving = true;
    // A listener of the site's may have had the answer already.
    setTimeout(() => (event.defaultPrevented || stays) && /busy/.test(this.#host.dataset.state) && this.#call("occurred", "released"));
  }

  /** Sends the form to another address, this once. */
  #divert(form, address) {
    if (!address || !canBeFollowed(address)) return;
    const own = form.getAttribute("action");
    form.setAttribute("action", address);
    setTimeout(() => (own === null ? form.removeAttribute("action") : form.setAttribute("action", own)));
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
    this.abort();
    if (method === "page") this.#showPage(value, target, submitter);
    else if (method === "native") this.#submitNatively(target, submitter);
    else if (method) this.#host[method](value);
    else this.#call("occurred", "unreachable");
  }

  /**
   * Shows an HTML answer in place of the page, as the browser would. Where its scripts could not run, since the page's policy
   * has nonces or Trusted Types, the browser posts again.
   */
  #showPage(html, target, submitter) {
    if (!html) return this.#call("occurred", "released");
    try {
      if (document.querySelector("script[nonce]")) throw 0;
      document.write(html);
      history.replaceState(null, "", target.action);
      document.close();
    } catch {
      this.#submitNatively(target, submitter);
    }
  }

  /** Submits as the form would without the widget: with the same key, so the answer is the same. */
  #submitNatively({ action }, submitter) {
    const { form } = this.#parts.input;
    const { noValidate } = form;
    this.#native = form.noValidate = true;
    this.#divert(form, action);
    submitter ? submitter.click() : HTMLFormElement.prototype.submit.call(form);
    // The page may stay, a download for instance, or come back.
    this.#native = false;
    form.noValidate = noValidate;
    this.#parts.leaving = true;
  }
}
