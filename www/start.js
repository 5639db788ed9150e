// The field as its module has it (src/wasm/field.rs).
import { integrity, wasm } from "./dist/pin.js";
import { instance } from "./instance.js";

const { start, Told } = instance("field", { integrity, wasm });
export { start };

/** A field, once `start()` is done; its texts are those of src/page.rs. */
export class Field extends Told {
  /** Takes in an event and gives what to do. */
  update(at, event) {
    return this.ask(event, "update", at);
  }

  /** The facts and what to show now. */
  view() {
    return this.ask("", "view");
  }
}
