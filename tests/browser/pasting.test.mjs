// Pasting, dropping and what is read from it: real clipboard, real Ctrl+V.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { copy, eventually } from "./pages.mjs";

after(close);

const COMPLETE = [{ event: "complete", kind: "code" }];

test("F61, F70: a pasted code fills the field with the caret at its end, and fires one input event", async (t) => {
  const { field } = await openField(t);
  await field.paste("482913");
  assert.equal(await field.value(), "482913");
  assert.equal(await field.selection(), 6);
  assert.deepEqual((await field.events()).map(({ event }) => event), ["input", "complete"]);
});

test("F62: an 8-digit backup code is kept whole and recognised", async (t) => {
  const { site, field } = await openField(t);
  await field.paste("1234 5678");
  assert.equal(await field.value(), "12345678");
  assert.match(await field.message(), /バックアップコードとして確認します/);
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "backup" }]);
  await field.press("enter");
  await eventually(() => site.posts.length, 1);
  assert.equal(site.posts[0].fields.code, "12345678");
});

test("F5, F62: too many digits are kept whole, and counted in a message", async (t) => {
  const { field } = await openField(t);
  await field.paste("1234567890123");
  assert.equal(await field.value(), "1234567890123");
  assert.equal(await field.alert(), "13桁あります。6桁のコードを入力してください。");
});

test("F63: a shorter text is inserted, and typing continues after it", async (t) => {
  const { field } = await openField(t);
  await field.paste("482");
  assert.equal(await field.value(), "482");
  await field.press("913");
  assert.equal(await field.value(), "482913");
});

test("F64: a part that is pasted in the middle keeps the digits around it", async (t) => {
  const { field } = await openField(t);
  await field.type("4813", "left", "left");
  await field.paste("29");
  assert.equal(await field.value(), "482913");
  assert.equal(await field.selection(), 4);
});

test("F65, F66, F82: a pasted code replaces a complete wrong one, wherever the caret is", async (t) => {
  const { field } = await openField(t);
  await field.type("111111", "left", "left");
  await field.events();
  await field.paste("482913");
  assert.equal(await field.value(), "482913");
  assert.deepEqual(await field.events("input"), COMPLETE);
});

test("F67, F115: separators and line ends in a pasted text are removed", async (t) => {
  const { field } = await openField(t);
  for (const text of ["482-913", "482 913", "4 8 2 9 1 3", "482–913", "482,913", " 482913 \n", "482\u200b913", "【482913】"]) {
    await field.type("x", ["control", "a"], "delete");
    await field.paste(text);
    assert.equal(await field.value(), "482913", JSON.stringify(text));
  }
});

test("F68: a text without a code changes nothing and is explained", async (t) => {
  const { field } = await openField(t);
  await field.type("48");
  await field.paste("明日の朝に行きます");
  assert.equal(await field.value(), "48");
  assert.equal(await field.alert(), "コードが見つかりません。6桁の数字だけを入力してください。");
});

test("F79: a pasted message gives its code, not its date, time, amount or phone number", async (t) => {
  const messages = [
    "2026/11/22 10:30 認証番号：482913 お問い合わせ 0120-123-456",
    "【銀行】認証コード 482913（有効期限 10:40）。お支払い 12,300円。このコードを誰にも教えないでください。",
    "Your code is 482913. It expires at 10:40. Call +81 3-1234-5678 if you did not ask for it.",
    "G-482913 is your verification code.",
    "認証番号は４８２９１３です。\n10分以内に入力してください。",
  ];
  const { field } = await openField(t);
  for (const message of messages) {
    await field.type("x", ["control", "a"], "delete");
    await field.events();
    await field.paste(message);
    assert.equal(await field.value(), "482913", message);
    assert.match(await field.message(), /コードを読み取りました|取り除きました/);
    assert.deepEqual(await field.events("input"), COMPLETE, message);
  }
});

test("F80: the line that is bound to this page's host gives the code", async (t) => {
  const { field } = await openField(t);
  await field.paste("2026/11/22 注文 123456\n\n@localhost #482913");
  assert.equal(await field.value(), "482913");
});

test("F80: a code that is bound to another site is refused with a warning", async (t) => {
  const { field } = await openField(t);
  await field.paste("Your code is 482913.\n\n@bank.example #482913");
  assert.equal(await field.value(), "");
  assert.equal(await field.alert(), "これは別のサイトのコードです。ここには入力しないでください。");
});

test("two equally likely codes: no guess", async (t) => {
  const { field } = await openField(t);
  await field.paste("482913 771204");
  assert.equal(await field.value(), "");
  assert.equal(await field.alert(), "コードらしい番号がいくつかあります。1つだけ入力してください。");
});

test("F116: too few digits, too many, a phone number, a date and a password each have a message", async (t) => {
  const { field } = await openField(t);
  const answers = {
    "48291": "まだ5桁です。6桁のコードを入力してください。",
    "4829137": "7桁あります。6桁のコードを入力してください。",
    "090-1234-5678": "電話番号のようです。6桁のコードを入力してください。",
    "2026/11/22": "日付か時刻のようです。6桁のコードを入力してください。",
    "correct horse": "コードが見つかりません。6桁の数字だけを入力してください。",
  };
  for (const [text, answer] of Object.entries(answers)) {
    await field.type("x", ["control", "a"], "delete");
    await field.paste(text);
    // A text without a code is not inserted and is explained at once; digits are inserted and explained on Enter.
    if ((await field.value()) !== "") await field.press("enter");
    assert.equal(await field.alert(), answer, text);
  }
});

test("a dropped text is read like a pasted one", async (t) => {
  const { session, field } = await openField(t, { after: '<p><span id="message">認証コード：482913 です</span></p>' });
  await session.run(() => getSelection().selectAllChildren(document.getElementById("message")));
  const at = async (element) => {
    const { x, y, width, height } = await element.rect();
    return { x: Math.round(x + Math.min(width, 40) / 2), y: Math.round(y + height / 2) };
  };
  await session.drag(await at(await session.find("#message")), await at(await field.input()));
  await eventually(() => field.value(), "482913");
  assert.match(await field.message(), /コードを読み取りました/);
});

test("F69: clipboard content that is not text is ignored", async (t) => {
  const { session, field } = await openField(t);
  await field.type("48");
  await copy(session, "x");
  await session.run(async () => {
    const canvas = document.createElement("canvas");
    const blob = await new Promise((done) => canvas.toBlob(done));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
  });
  await session.press(["control", "v"]);
  assert.equal(await field.value(), "48");
  await field.press("2913");
  assert.equal(await field.value(), "482913");
});
