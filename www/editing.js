// What happens to the text of the input: the core sees it before it comes in, or corrects it afterwards.

const INSERTS = /^insert(Text|FromPaste|FromDrop|ReplacementText|FromYank)$/;

export class Editing {
  #run;
  #replacing = false;
  #announced = false;

  /** `run`: hands an event to the core; gives whether the browser's own action is to be prevented. */
  constructor(input, run) {
    this.input = input;
    this.#run = run;
  }

  beforeInput(event) {
    if (this.#replacing || event.isComposing) return;
    this.#announced = true;
    // Deletions, undo and redo, and text under composition are left alone; what cannot be prevented is corrected
    // afterwards.
    if (!INSERTS.test(event.inputType) || !(this.#announced = event.cancelable)) return;
    const inserted = event.data ?? event.dataTransfer?.getData("text/plain");
    if (inserted == null) return;
    const { value, selectionStart, selectionEnd } = this.input;
    const chunk = event.inputType !== "insertText";
    if (this.#run("insert", value.slice(0, selectionStart), inserted, value.slice(selectionEnd), chunk)) event.preventDefault();
  }

  changed(event) {
    const announced = this.#announced || this.#replacing;
    this.#announced = this.#replacing = false;
    if (event.isComposing) return;
    // A text that was not announced was filled in by a password manager or a script.
    if (announced) this.#run("changed", this.input.value);
    else this.settled(true);
  }

  /** Reads the whole text. `byPerson`: it did not come with the page. */
  settled(byPerson) {
    const { value, selectionEnd } = this.input;
    const caret = selectionEnd ?? value.length;
    this.#run("settled", value.slice(0, caret), value.slice(caret), byPerson);
  }

  /**
   * Inserts so that undo, redo and the caret stay the browser's own where that is possible: in a focused input. One
   * that was filled from outside has no undo to keep.
   */
  replace([whole, back, text]) {
    const input = this.input;
    const focused = input.matches(":focus");
    this.#replacing = true;
    if (focused && whole) input.select();
    if (!focused || !document.execCommand("insertText", false, text)) {
      if (whole) input.value = text;
      else input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
    }
    // A script's change fires no event; nor does one amid a drop in Firefox.
    if (this.#replacing) input.dispatchEvent(new Event("input", { bubbles: true }));
    this.#replacing = false;
    if (focused && +back) {
      const caret = Math.max(0, input.value.length - back);
      input.setSelectionRange(caret, caret);
    }
  }
}
