// Typing, deleting, moving, undoing. The ids in the names are those of docs/field.md.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { Field, complaints, eventually } from "./pages.mjs";
import { Site, element, page } from "./sites.mjs";

after(close);

test("F1: an untouched field is empty, and a strict policy is not violated", async (t) => {
  const { session, field } = await openField(t);
  assert.equal(await field.value(), "");
  assert.equal(await field.state(), "ready");
  assert.deepEqual(await complaints(session), []);
});

test("F2: codes of 4, 6 and 8 digits", async (t) => {
  for (const digits of [4, 6, 8]) {
    await t.test(`${digits} digits`, async (t) => {
      const { field } = await openField(t, { facts: { digits: String(digits), "backup-digits": "10" } });
      await field.type("12345678".slice(0, digits));
      assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }], `${digits} digits`);
    });
  }
});

test("F10: a code of letters and digits keeps its case, and has a text keyboard", async (t) => {
  const { field } = await openField(t, page({ facts: { code: "alphanumeric", digits: "6" } }).replace('inputmode="numeric"', ""));
  assert.equal(await (await field.input()).attribute("inputmode"), "text");
  await field.type("aK7q2M");
  assert.equal(await field.value(), "aK7q2M");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
});

test("a backup code of the site's own format is found in a message", async (t) => {
  const { field } = await openField(t, { facts: { "backup-format": "xxxxx-xxxxx" } });
  await field.paste("Your backup code: b3k9p-x7m2q");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "backup" }]);
  assert.match(await field.value(), /^b3k9p-?x7m2q$/);
});

test("F4, F6, F37: an initial value is read, with leading zeros, full-width digits and spaces", async (t) => {
  const { field } = await openField(t, { input: 'value="００1 234"' });
  await eventually(() => field.value(), "001234");
});

test("F7, F9, F11, F78: the input keeps its own attributes, and gets the keyboard and autofill of a code", async (t) => {
  const { field } = await openField(t, { input: 'class="mine" data-x="1" maxlength="40"' });
  const input = await field.input();
  assert.equal(await input.attribute("class"), "mine");
  assert.equal(await input.attribute("data-x"), "1");
  assert.equal(await input.attribute("maxlength"), "40");
  assert.equal(await input.attribute("inputmode"), "numeric");
  assert.equal(await input.attribute("autocomplete"), "one-time-code");
});

test("F12, F96: a disabled input and a disabled fieldset stay disabled", async (t) => {
  const { session, field } = await openField(t, { input: "disabled" });
  await session.press("123");
  assert.equal(await field.value(), "");
  assert.equal(await (await field.input()).property("disabled"), true);
});

test("F13: a read-only input can be focused but not changed", async (t) => {
  const { field } = await openField(t, { input: 'readonly value="123456"' });
  await field.type("end", "backspace", "9", "delete");
  await field.paste("482913");
  assert.equal(await field.value(), "123456");
  assert.equal(await field.focused(), true);
});

test("F20, F21, F81, F83: typing digits gives the code, complete once and not before", async (t) => {
  const { field } = await openField(t);
  await field.type("48291");
  assert.deepEqual(await field.events("input"), []);
  await field.press("3");
  assert.equal(await field.value(), "482913");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
});

test("F25, F46: typing over a selection replaces it and nothing else", async (t) => {
  const { field } = await openField(t);
  await field.type("482913", "home", "right", ["shift", "right"], ["shift", "right"], "7");
  assert.equal(await field.value(), "47913");
  assert.equal(await field.selection(), 2);
});

test("F29, F36: typing 123 - 456 gives 123456, and nothing is removed before it is complete", async (t) => {
  const { field } = await openField(t);
  await field.type("123 - 45");
  assert.equal(await field.value(), "123 - 45");
  await field.press("6");
  assert.equal(await field.value(), "123456");
});

test("F27, F87: a typed letter stays in the field", async (t) => {
  const { field } = await openField(t);
  await field.type("12a");
  assert.equal(await field.value(), "12a");
  assert.equal(await field.focused(), true);
});

test("F34: full-width digits become ASCII digits, with a message", async (t) => {
  const { field } = await openField(t);
  await field.type("４８２９１３");
  assert.equal(await field.value(), "482913");
  assert.match(await field.message(), /全角を半角に変えました/);
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
});

test("F35: during an IME composition nothing is changed; afterwards the code is complete once", async (t) => {
  const { session, field } = await openField(t);
  await field.type("");
  for await (const shown of session.compose("４８２９１３")) {
    assert.ok((await field.value()).endsWith(shown), shown);
    assert.deepEqual(await field.events("input"), []);
  }
  await eventually(() => field.value(), "482913");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
});

test("F38, F39, F40, F41, F42, F43, F44, F48: Backspace and Delete are the browser's own", async (t) => {
  const { field } = await openField(t);
  await field.type("482913", "backspace");
  assert.equal(await field.value(), "48291");
  assert.equal(await field.focused(), true);
  await field.press("home", "backspace");
  assert.equal(await field.value(), "48291");
  await field.press("delete");
  assert.equal(await field.value(), "8291");
  await field.press("right", "delete");
  assert.equal(await field.value(), "891");
  await field.press("end", ["control", "backspace"]);
  assert.equal(await field.value(), "");
});

test("F43, F45: cut removes the selection alone", async (t) => {
  const { field } = await openField(t);
  await field.type("482913", "home", ["shift", "right"], ["shift", "right"], ["control", "x"]);
  assert.equal(await field.value(), "2913");
  await field.press("end", ["control", "v"]);
  assert.equal(await field.value(), "291348");
});

test("F49: select all and Delete empties the field", async (t) => {
  const { field } = await openField(t);
  await field.type("482913", ["control", "a"], "delete");
  assert.equal(await field.value(), "");
});

test("F50: undo restores the text from before a paste, redo the code", async (t) => {
  const { field } = await openField(t);
  await field.type("12");
  await field.paste("認証コード：482913");
  assert.equal(await field.value(), "482913");
  await field.undo();
  assert.equal(await field.value(), "12");
  await field.redo();
  assert.equal(await field.value(), "482913");
});

test("F50: undo restores typed separators that were removed", async (t) => {
  const { field } = await openField(t);
  await field.type("123-456");
  assert.equal(await field.value(), "123456");
  await field.undo();
  assert.equal(await field.value(), "123-45");
  await field.redo();
  assert.equal(await field.value(), "123456");
});

test("F51, F52, F58: the caret moves as in any input", async (t) => {
  const { field } = await openField(t);
  await field.type("4829", "left", "left");
  assert.equal(await field.selection(), 2);
  await field.press("home", "left");
  assert.equal(await field.selection(), 0);
  await field.press("end", "right");
  assert.equal(await field.selection(), 4);
  await field.press("home", "right", "7");
  assert.equal(await field.value(), "47829");
  assert.equal(await field.selection(), 2);
});

test("F57: the field is one Tab stop, and the button the next", async (t) => {
  const { session, field } = await openField(t, { form: "", fields: '<a id="first" href="/">x</a>' });
  await session.run(() => document.getElementById("first").focus());
  await session.press("tab", "12");
  assert.equal(await field.value(), "12");
  await session.press("tab");
  assert.equal(await session.run(() => document.activeElement.id), "code-submit");
  await session.press(["shift", "tab"]);
  assert.equal(await field.focused(), true);
});

test("F56: in a right-to-left page the digits keep their order", async (t) => {
  const { field } = await openField(t, { html: 'lang="en" dir="rtl"' });
  await field.type("482913");
  assert.equal(await field.value(), "482913");
  assert.match(await field.sent(), /5678/);
});

test("F85: a value that a script sets is read", async (t) => {
  const { session, field } = await openField(t);
  await session.run(() => {
    const input = document.getElementById("code");
    input.value = "４８２ ９１３";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await eventually(() => field.value(), "482913");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
});

test("F32, F71, F72: a code that is inserted at once, as by autofill and keyboards, completes once", async (t) => {
  const { session, field } = await openField(t);
  await field.type("");
  await session.insert("482913");
  assert.equal(await field.value(), "482913");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
});

test("F84: a complete code is not completed twice", async (t) => {
  const { session, field } = await openField(t);
  await field.type("482913");
  await field.events();
  await session.run(() => document.getElementById("code").dispatchEvent(new Event("input", { bubbles: true })));
  assert.deepEqual(await field.events(), []);
  await field.press("backspace", "3");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
});

test("F47, F95, F113: a reset of the form empties the field", async (t) => {
  const { session, field } = await openField(t, { fields: '<button type="reset" id="reset">消す</button>' });
  await field.type("1234567890123");
  await (await session.find("#reset")).click();
  await eventually(() => field.value(), "");
  await eventually(() => field.alert(), "");
});

test("F101, F102, F103: the label names the input, messages describe it, required and invalid are exposed", async (t) => {
  const { session, field } = await openField(t);
  const input = await field.input();
  assert.equal(await input.name(), "認証コード");
  assert.equal(await input.role(), "textbox");
  const described = await session.run(() => {
    const ids = document.getElementById("code").getAttribute("aria-describedby").split(" ");
    return ids.map((id) => document.getElementById(id)?.textContent).join("|");
  });
  assert.match(described, /末尾5678/);
  assert.equal(await input.property("required"), true);
  await field.type("12", "enter");
  assert.equal(await input.attribute("aria-invalid"), "true");
});

test("F94, F103: an error that the page came with stays at the input until the text changes", async (t) => {
  const wrong = '<p id="wrong">ちがいます</p><div data-part="message"><p role="alert">もう一度どうぞ</p></div>';
  const code = element({ input: 'aria-invalid="true" aria-describedby="wrong"' }).replace("<button", `${wrong}<button`);
  const { session, field } = await openField(t, { code });
  const input = await field.input();
  assert.equal(await input.attribute("aria-invalid"), "true");
  assert.match(await input.attribute("aria-describedby"), /^wrong /);
  assert.equal(await field.alert(), "もう一度どうぞ");
  await session.run(() => document.querySelector("todoita-code").setAttribute("attempts-left", "3"));
  await eventually(() => field.message(), (text) => /3/.test(text));
  assert.equal(await field.alert(), "もう一度どうぞ");
  await field.type("4");
  await eventually(() => field.alert(), "");
  assert.equal(await input.attribute("aria-invalid"), null);
  assert.equal(await (await session.find("#wrong")).text(), "ちがいます");
});

test("F94: an error that the page sets at the input stays until the text changes, through what time and the network change", async (t) => {
  const { session, field } = await openField(t);
  await session.run(() => {
    window.invalidate = () => document.querySelector("#code").setAttribute("aria-invalid", "true");
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      invalidate();
    });
  });
  const input = await field.input();
  const stays = async () => {
    await session.run(() => document.dispatchEvent(new Event("visibilitychange")));
    assert.equal(await input.attribute("aria-invalid"), "true");
  };
  // A page that judges a text which is not complete.
  await field.type("48");
  await session.run(() => invalidate());
  await stays();
  await field.press("2");
  await eventually(() => input.attribute("aria-invalid"), null);
  // A page that answers a submit.
  await field.press("913", "enter");
  await eventually(() => field.state(), "ready");
  await stays();
  await session.run(() => ["offline", "online"].forEach((type) => dispatchEvent(new Event(type))));
  await eventually(() => field.alert(), "");
  await session.run(() => invalidate());
  await stays();
  await field.press("backspace");
  await eventually(() => input.attribute("aria-invalid"), null);
});

test("F16: two fields on a page are independent, and share one script", async (t) => {
  const twice = [1, 2].map((n) => `<section id="s${n}">${element({ id: `code${n}`, name: `code${n}` })}</section>`).join("");
  const site = await Site.start(t, page({ code: twice }));
  const session = await browser(t);
  const first = await Field.open(session, site.url(), "#s1 todoita-code");
  const second = new Field(session, "#s2 todoita-code");
  await second.alive();
  await first.type("482913");
  await second.type("77");
  assert.equal(await first.value(), "482913");
  assert.equal(await second.value(), "77");
  const ids = await session.run(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, "no id twice");
  assert.equal(site.asked.filter((path) => path.endsWith(".js")).length, 1);
});

test("F18: removed from the page and put back, the field works", async (t) => {
  const { session, field } = await openField(t);
  await field.type("48");
  await session.run(() => {
    const host = document.querySelector("todoita-code");
    const place = host.parentElement;
    host.remove();
    place.append(host);
  });
  await eventually(() => field.value(), "48");
  await field.type("end", " 2913");
  await eventually(() => field.value(), "482913");
  assert.equal(await session.count("[data-part=message]"), 1);
  assert.deepEqual(await complaints(session), []);
});
