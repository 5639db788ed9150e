// A server with the code step: what is right compiles, and what is wrong does not.

import { createCodeStep, memoryStore, postgresStore, sqliteStore, type Answer, type Store } from "todoita/server";

const step = createCodeStep({
  key: [new Uint8Array(32), new Uint8Array(32)],
  store: memoryStore(),
  destinations: async (account) => ({ sms: "+819012345678", email: account === "hana" ? "hana@example.com" : null }),
  send: async ({ channel, destination, code, minutes, boundLine }) => {
    channel satisfies "sms" | "voice" | "email";
    console.log(`${destination} ${code} ${minutes + 1} ${boundLine ?? ""}`);
  },
  limits: { failures: 5, codeLife: 300_000 },
  clock: () => new Date(),
  alarm: (alarm) => console.error(alarm.reason === "paid-limit" ? alarm.until : alarm.account),
});

const { signIn, answer } = await step.begin("hana", { channel: "app", known: true, address: "192.0.2.1" });
const { enrolment, uri } = await step.enrol("hana", { issuer: "Example", label: "Hana" });
if (!(await step.confirm("hana", enrolment, "123456", { known: true })).accepted) console.log(uri);
signIn.length;
const posted: Answer = await step.post(undefined, new FormData());
if (posted.cause === "locked") posted.facts.retryAt satisfies number | undefined;
const response: Response = answer.response({ accept: null, location: "/in", start: "/", page: (shown) => `<todoita-code${shown.html()}>` });
const { status, headers, body } = answer.reply({ accept: undefined, location: "/in" });
console.log(response.ok, status + 1, headers["retry-after"], body.length);

const own: Store = {
  read: async (keys) => keys.map(() => undefined),
  update: async (keys, change) => change(keys.map(() => undefined)).result,
  sweep: async () => {},
};
createCodeStep({ key: new Uint8Array(32), store: own, send: () => {} });

// @ts-expect-error a key is bytes
createCodeStep({ key: "secret", store: own, send: () => {} });
// @ts-expect-error a step sends its codes
createCodeStep({ key: new Uint8Array(32), store: own });
// @ts-expect-error no such limit
createCodeStep({ key: new Uint8Array(32), store: own, send: () => {}, limits: { failurs: 5 } });
// @ts-expect-error no such channel
step.begin("hana", { channel: "fax" });
// @ts-expect-error the enrolment to which the code belongs
step.confirm("hana", "123456");
// @ts-expect-error where an accepted person goes
answer.reply({ accept: null });
// @ts-expect-error not a pool
postgresStore({});
// @ts-expect-error not a database
sqliteStore("code-step.db");
