// <todoita-setup>, <todoita-backup-codes> and <todoita-phone>: this module has the tags and their life cycle. The elements
// themselves are in Rust (src/setup.rs, and src/wasm/setup.rs for the page).
import { canBeFollowed } from "./address.js";
import { isForCode } from "./controls.js";
import { connect, connectAuthenticator, connectBackup, connectPhone } from "./dist/setup-glue.js";
import { langOf, overridden } from "./fetch-json.js";
import { bytes } from "./setup-bytes.js";
import { builtIn, sentences } from "./setup-languages.js";
import { known } from "./sentence.js";
import { starter } from "./wasm-instance.js";

const start = starter(bytes, connect);

/** An element that the static method `connect` of its class starts. */
class SetupElement extends HTMLElement {
  #connected;
  #starting = false;

  connectedCallback() {
    // The element was only moved, or is starting.
    if (this.#connected || this.#starting) return;
    this.#starting = true;
    this.#begin()
      .catch((error) => console.error(`todoita: <${this.localName}> stays as the page made it.`, error))
      .finally(() => (this.#starting = false));
  }

  async #begin() {
    const asked = langOf(this);
    const [[words, lang]] = await Promise.all([overridden(asked, builtIn, sentences, this.getAttribute("words")), start()]);
    // A page that is still being read has not reached the element's own content.
    if (document.readyState === "loading") await new Promise((ready) => document.addEventListener("DOMContentLoaded", ready, { once: true }));
    if (!this.isConnected) return;
    this.#connected = this.constructor.connect(this, known(lang), words, isForCode);
  }

  disconnectedCallback() {
    setTimeout(() => {
      if (this.isConnected) return;
      const connected = this.#connected;
      // First: an end that fails must not leave an element that counts as connected.
      this.#connected = undefined;
      connected?.free();
    });
  }
}

/** The address of help, where the page may lead to it. */
const supportOf = (host) => {
  const address = host.getAttribute("support");
  return address && canBeFollowed(address) ? address : undefined;
};

/** An authenticator app: the three steps around the site's own input, which takes the first code. */
export class TodoitaSetupElement extends SetupElement {
  static connect = (host, ...rest) => connectAuthenticator(host, ...rest, supportOf(host));
}

/** Backup codes that are shown once, around the site's own list. */
export class TodoitaBackupCodesElement extends SetupElement {
  static connect = connectBackup;
}

/** The phone number that will receive codes, around the site's own input. */
export class TodoitaPhoneElement extends SetupElement {
  static connect = connectPhone;
}
