// The page on which a person confirms a new phone number, while its code is delivered, late or lost: it says so by itself, and each
// way on is there for the keyboard alone.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { LISTENER, browser, close } from "./engines.mjs";
import { Service } from "./gateway.mjs";
import { Field, Login, complaints, eventually } from "./pages.mjs";

after(close);

const PAGE = "/account/number";
const WITHIN = 60_000;

const WORDS = {
  ja: {
    change: "電話番号を変更する",
    sent: (number) => `入力した番号：${number}`,
    undelivered: (number) => `${number}に、コードを届けられませんでした。番号を確認して、入力し直してください。別の番号も登録できます。`,
    late: (number) => `SMSで送るコードが遅れています。${number}には、復旧しだい届きます。後で登録し直すこともできます。`,
    wrong: "コードが違います。届いたコードを確認して、もう一度入力してください。",
    again: "番号を入力し直す",
    sentAnnounced: /コードを送りました/g,
    usual: /通常は/,
  },
  en: {
    change: "Change the phone number",
    sent: (number) => `You entered ${number}.`,
    undelivered: (number) => `The code could not be delivered to ${number}. Check the number and enter it again, or enter another one.`,
    late: (number) => `Codes by text message are late right now. Yours will arrive at ${number} once the delay is over. You can also come back and do this later.`,
    wrong: "The code does not match. Check the message, then enter its code again.",
    again: "Enter the number again",
    sentAnnounced: /We sent/g,
    usual: /can take a minute/,
  },
};

/** The page, seen by a person who uses the keyboard alone. */
class NumberPage {
  constructor(session, service) {
    this.session = session;
    this.service = service;
    this.field = new Field(session);
  }

  /** Signs in, and asks on the account page for another number. */
  static async open(t, lang) {
    const service = await Service.start(t);
    const session = await browser(t, { lang });
    const login = new Login(session, service);
    const field = await login.password("hanako", "the password");
    await field.alive();
    await eventually(() => field.focused(), true);
    await session.press(await service.code(0), "enter");
    await login.isIn();
    const page = new NumberPage(session, service);
    await page.tabTo(WORDS[lang].change);
    await session.press("enter");
    await eventually(() => session.url(), service.url(PAGE));
    await eventually(() => session.count("todoita-phone [data-part=message]"), 1);
    return page;
  }

  /** Presses Tab until the focus is on what is called `wanted`. */
  async tabTo(wanted) {
    const seen = [];
    for (let n = 0; n < 30; n += 1) {
      await this.session.press("tab");
      seen.push(await this.session.run(() => document.activeElement.textContent.trim() || document.activeElement.id));
      if (seen.at(-1) === wanted) return;
    }
    assert.fail(`${wanted} is not among ${seen.join(" › ")}`);
  }

  /** Types a number and sends it; the page has the field for its code then, and the focus is in it. */
  async give(number) {
    await this.tabTo("number");
    await this.session.press(number, "enter");
    await this.waits();
  }

  async waits() {
    await eventually(() => this.session.count("todoita-code"), 1);
    await this.field.alive();
    await eventually(() => this.field.focused(), true);
  }

  /** The text that describes the input, which a screen reader says after its label. */
  described() {
    return this.session.run(() =>
      (document.getElementById("code")?.getAttribute("aria-describedby") ?? "")
        .split(" ")
        .map((id) => document.getElementById(id)?.textContent.trim())
        .filter(Boolean)
        .join(" "),
    );
  }

  /** Waits until the page says so by itself, with the focus in the field. Gives all that it says. */
  async says(sentence) {
    const text = await eventually(async () => (await this.session.find("main")).text(), (text) => text.includes(sentence), WITHIN);
    await this.waits();
    return text;
  }

  /** The same of what is wrong: a screen reader says it where the focus is. */
  async warns(sentence) {
    const text = await this.says(sentence);
    assert.ok((await this.described()).includes(sentence), await this.described());
    return text;
  }

  /** Waits until the page has looked again, twice: one request may have been under way. */
  async looks() {
    const looks = () => this.session.run((path) => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(path)).length, PAGE);
    const before = await looks();
    await eventually(looks, (seen) => seen > before + 1, WITHIN);
  }
}

for (const [lang, words] of Object.entries(WORDS)) {
  test(`a code that is lost is announced on the page, and the number given again gets one (${lang})`, async (t) => {
    const page = await NumberPage.open(t, lang);
    const { session, service, field } = page;
    await page.give("080-1111-2222");
    const text = await page.says(words.sent("080-1111-2222"));
    assert.match(text, words.usual);
    assert.equal(text.match(words.sentAnnounced).length, 1);
    await service.code(1);
    await service.report("failed", service.taken[1]);
    assert.doesNotMatch(await page.warns(words.undelivered("080-1111-2222")), words.usual);

    await page.tabTo(words.again);
    await session.press("enter");
    await eventually(() => session.count("todoita-phone [data-part=message]"), 1);
    await page.give("080-1111-2223");
    await page.says(words.sent("080-1111-2223"));
    const code = await service.code(2);
    await service.report("delivered", service.taken[2]);
    // Nothing changes for the person, and what was typed stays.
    await session.press(code.slice(0, 3));
    await page.looks();
    assert.equal(await field.value(), code.slice(0, 3));
    assert.equal(await page.session.count("#code-notice"), 0);
    await session.press(code.slice(3), "enter");
    await new Login(session, service).isIn();
    assert.match(await (await session.find("main")).text(), /2223/);
    // These pages have no listener of their own.
    if (!LISTENER) assert.deepEqual(await complaints(session), []);
  });

  test(`a code that is late is announced on the page until it is on its way (${lang})`, async (t) => {
    const page = await NumberPage.open(t, lang);
    const { session, service } = page;
    service.isUp = false;
    await page.give("080-1111-2222");
    assert.doesNotMatch(await page.warns(words.late("080-1111-2222")), words.usual);
    service.isUp = true;
    const code = await service.code(1);
    assert.match(await page.says(words.sent("080-1111-2222")), words.usual);
    await session.press(code, "enter");
    await new Login(session, service).isIn();
  });

  test(`after a wrong code the page takes notice too, and sends the code no second time (${lang})`, async (t) => {
    const page = await NumberPage.open(t, lang);
    const { session, service } = page;
    await page.give("080-1111-2222");
    const code = await service.code(1);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
    await session.press(wrong, "enter");
    await page.warns(words.wrong);
    await service.report("failed", service.taken[1]);
    await page.warns(words.undelivered("080-1111-2222"));
    assert.equal(await session.count("#number-wrong"), 0);
    await service.report("delivered", service.taken[1]);
    await page.says(words.sent("080-1111-2222"));
    await session.press(code, "enter");
    await new Login(session, service).isIn();
  });
}
