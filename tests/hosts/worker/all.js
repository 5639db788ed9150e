// For the tests: anything at all, given to every function.
import * as todoita from "todoita/node";
import * as core from "todoita/core";
import { createCodeStep, memoryStore } from "todoita/server";
import { tryAll } from "./junk.mjs";

const sent = [];
const step = createCodeStep({
  key: new Uint8Array(32).fill(7),
  store: memoryStore(),
  destinations: () => ({ email: "hana@example.com" }),
  send: (message) => void sent.push(message),
});

export default {
  async fetch() {
    const { defects, count } = tryAll(todoita);
    const { signIn } = await step.begin("hana");
    const { accepted } = await step.post(signIn, { code: sent.at(-1).code });
    const same = core.readCode === todoita.readCode;
    return Response.json({ defects, count, secret: todoita.newSecret().length, same, accepted });
  },
};
