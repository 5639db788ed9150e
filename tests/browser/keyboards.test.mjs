// Text without a key press: from keyboards on the screen, from their suggestions, from password managers.
// The events are made as these make them, and what the browser would do with the text is done here.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { eventually } from "./pages.mjs";

after(close);

const COMPLETE = [{ event: "complete", kind: "code" }];

async function open(t, parts) {
  const opened = await openField(t, parts);
  await opened.field.type("");
  return opened;
}

/** A keyboard's `beforeinput`, what the browser then does to the text unless it is prevented, and its `input`. */
const keyboard = (session, inputType, data = null, cancelable = true) =>
  session.run(
    (inputType, data, cancelable) => {
      const input = document.getElementById("code");
      const about = { inputType, data, bubbles: true, composed: true };
      if (!input.dispatchEvent(new InputEvent("beforeinput", { ...about, cancelable }))) return;
      const { selectionStart: from, selectionEnd: to } = input;
      const back = inputType === "deleteContentBackward" && from === to ? 1 : 0;
      input.setRangeText(data ?? "", from - back, to, "end");
      input.dispatchEvent(new InputEvent("input", about));
    },
    inputType,
    data,
    cancelable,
  );

test("F21, F81: digits of an on-screen keyboard, without key events, complete once", async (t) => {
  const { session, field } = await open(t);
  for (const digit of "４8291") await keyboard(session, "insertText", digit);
  assert.equal(await field.value(), "48291");
  assert.deepEqual(await field.events("input"), []);
  await keyboard(session, "insertText", "3");
  assert.equal(await field.value(), "482913");
  assert.deepEqual(await field.events("input"), COMPLETE);
});

test("F38: backspace of an on-screen keyboard deletes one digit", async (t) => {
  const { session, field } = await open(t);
  await field.press("482913");
  await keyboard(session, "deleteContentBackward");
  assert.equal(await field.value(), "48291");
});

test("F72: a code that the keyboard suggests replaces the text of the field", async (t) => {
  const { session, field } = await open(t);
  await field.press("11");
  await keyboard(session, "insertReplacementText", "482 913");
  assert.equal(await field.value(), "482913");
  assert.deepEqual(await field.events("input"), COMPLETE);
});

test("F32: an insertion that cannot be prevented is inserted once, and corrected afterwards", async (t) => {
  const { session, field } = await open(t);
  for (const digit of "４８２９１３") await keyboard(session, "insertText", digit, false);
  assert.equal(await field.value(), "482913");
  assert.deepEqual(await field.events("input"), COMPLETE);
});

test("F71: a password manager that sets the value and fires `change` alone: the code is read on submit", async (t) => {
  const { site, session, field } = await open(t);
  await session.run(() => {
    const input = document.getElementById("code");
    input.value = "４８２ ９１３";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await field.submit();
  await eventually(() => site.posts.length, 1);
  assert.equal(site.posts[0].fields.code, "482913");
});
