// The field's core (src/wasm/field.rs). Its texts are those of src/entry/wire.rs.
import { integrity, wasm } from "./dist/pin.js";
import { instance } from "./wasm-instance.js";

const module = instance({ integrity, wasm });
export const { start } = module;

/** A field, once `start()` is done. It lives until `free()`. */
export class Field {
  #number;

  /** `site`: the settings of the site. */
  constructor(site) {
    module.write(site);
    this.#number = module.core.create();
  }

  /** Takes in an event, `at` milliseconds after the page's first facts were said, and gives the effects. */
  update(at, event) {
    module.write(event);
    module.core.update(this.#number, at);
    return module.read();
  }

  /** The facts and what to show now. */
  view() {
    module.core.view(this.#number);
    return module.read();
  }

  free() {
    module.core.remove(this.#number);
  }
}
