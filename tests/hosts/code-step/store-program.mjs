// A process of a server with a store: `node store-program.mjs STORE COMMAND …`. It prints its result as JSON.
import assert from "node:assert/strict";
import { createCodeStep } from "todoita/server";

const [name, command, ...given] = process.argv.slice(2);
const { store } = await import(`./${name}.mjs`);

const sent = [];
const many = 1_000;
const step = createCodeStep({
  key: new Uint8Array(32).fill(7),
  store,
  send: (message) => void sent.push(message),
  destinations: () => ({ email: "hana@example.com" }),
  limits: { freeFailures: many, failures: many, failuresPerDay: many, failuresPerMonth: many },
});
const add = (by) => ([text]) => ({ values: [{ text: String(Number(text ?? 0) + by), expiresAt: null }], result: text });

const commands = {
  /** The promises of the type `Store`. */
  async promises() {
    const record = (text, expiresAt = null) => ({ text, expiresAt });
    assert.deepEqual(await store.read(["a", "b"]), [undefined, undefined]);
    const read = [];
    const result = await store.update(["b", "a"], (texts) => (read.push(texts), { values: [record("2", 20), record("1")], result: "done" }));
    assert.deepEqual([result, read], ["done", [[undefined, undefined]]]);
    assert.deepEqual(await store.read(["a", "c", "b"]), ["1", undefined, "2"]);
    // A value that is left out changes nothing, and a text comes back as it was.
    const odd = "'\"\\ 花\u{1f338} {}";
    assert.equal(await store.update(["a", "b"], (texts) => ({ values: [undefined, record(odd, 20)], result: texts.join() })), "1,2");
    assert.deepEqual(await store.read(["a", "b"]), ["1", odd]);
    await assert.rejects(store.update(["a"], () => { throw new RangeError("no"); }), RangeError);
    assert.equal(await store.update(["a"], ([text]) => ({ values: [record("3")], result: text })), "1");
    await store.sweep(19);
    assert.deepEqual(await store.read(["a", "b"]), ["3", odd]);
    await store.sweep(20);
    assert.deepEqual(await store.read(["a", "b"]), ["3", undefined]);
  },
  /** Counts up two records that are not there yet, in either order of the names. */
  async count(times) {
    const keys = (index) => (index % 2 ? ["count:y", "count:x"] : ["count:x", "count:y"]);
    const both = (texts) => ({ values: [...add(1)([texts[0]]).values, ...add(1)([texts[1]]).values] });
    await Promise.all(Array.from({ length: Number(times) }, (_, index) => store.update(keys(index), both)));
    return store.read(["count:x", "count:y"]);
  },
  /** A sign-in to which a code was sent. */
  async begin() {
    const { signIn } = await step.begin("hana", { known: true });
    return [signIn, sent[0].code];
  },
  /** Posts a code, each time as an attempt of its own; gives the causes. */
  async post(times, signIn, code) {
    const answers = await Promise.all(Array.from({ length: Number(times) }, () => step.post(signIn, { code })));
    return answers.map(({ accepted, cause }) => (accepted ? "accepted" : cause));
  },
  /** Wrong codes of one attempt each; gives the attempts that were left. */
  async guess(times, signIn, code) {
    const wrong = (index) => String((Number(code) + 1 + index) % 1_000_000).padStart(6, "0");
    const answers = await Promise.all(Array.from({ length: Number(times) }, (_, index) => step.post(signIn, { code: wrong(index) })));
    return answers.map(({ facts }) => facts.attemptsLeft);
  },
};

console.log(JSON.stringify((await commands[command](...given)) ?? null));
process.exit();
