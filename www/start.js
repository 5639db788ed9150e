// The one WebAssembly instance that every field of a page shares, and the field as its exports have it
// (src/wasm/field.rs).
import { integrity, wasm } from "./dist/pin.js";

let started;
let core;

const begin = async () => {
  const response = await fetch(wasm, { integrity });
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer());
  core = instance.exports;
};

/** Fetches the module on the first call; a lost one may be asked for again. */
export const start = () =>
  (started ??= begin().catch((error) => {
    started = undefined;
    throw error;
  }));

/** A field, once `start()` is done; its texts are those of src/page.rs. It lives until `free()`. */
export class Field {
  #field = core.field_new();

  /** A field for what the site decided in its markup. */
  constructor(site) {
    this.update(0, site);
  }

  /** Takes in an event and gives what to do. */
  update(at, event) {
    for (const character of event) core.field_hear(this.#field, character.codePointAt());
    core.field_update(this.#field, at);
    return this.#told();
  }

  /** What to show now. */
  view() {
    core.field_view(this.#field);
    return this.#told();
  }

  free() {
    core.__wbg_field_free(this.#field, 0);
  }

  #told() {
    let text = "";
    for (let code; (code = core.field_tell(this.#field)); ) text += String.fromCharCode(code);
    return text;
  }
}
