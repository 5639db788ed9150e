import { createCodeStep, memoryStore } from "todoita/server";
import { totp } from "todoita/node";

const sent = [];
let now = Date.UTC(2026, 10, 22, 10, 30);
const step = createCodeStep({
  key: new Uint8Array(32).fill(7),
  store: memoryStore(),
  destinations: () => ({ email: "hana@example.com" }),
  send: (message) => void sent.push(message),
  clock: () => now,
});

const { signIn, answer } = await step.begin("hana");
const { enrolment, typed } = await step.enrol("hana", { issuer: "Example" });
const enrolled = await step.confirm("hana", enrolment, totp(typed, now));
now += 30_000;
const form = new FormData();
form.append("code", `Your code is ${sent[0].code}.`);
const mailed = await step.post(signIn, form);
const shown = await step.post((await step.begin("hana", { channel: "app" })).signIn, { code: totp(typed, now) });
const response = shown.response({ accept: "application/json", location: "/in" });
console.log(answer.html());
console.log(enrolled.accepted, mailed.accepted, shown.accepted, await response.text());
