// The code step of the example servers.
import { randomBytes } from "node:crypto";
import { createCodeStep, memoryStore } from "todoita/server";

/** Your accounts. Here everybody is hana. */
const PHONES = { hana: "+819012345678" };
/** Your gateway. Here the newest message waits to be looked at. */
export const outbox = [];

const { CODE_STEP_KEY } = process.env;

export const step = createCodeStep({
  // 32 bytes that are kept outside the database. A key of the process alone ends its sign-ins with it.
  key: CODE_STEP_KEY ? Buffer.from(CODE_STEP_KEY, "base64") : randomBytes(32),
  store: memoryStore(),
  destinations: (account) => ({ sms: PHONES[account] }),
  send: ({ destination, code, minutes, boundLine }) => {
    outbox[0] = { to: destination, text: `認証コード：${code}（${minutes}分間有効）\n\n${boundLine}` };
  },
  // Your login page's host: messages are bound to it.
  host: "localhost",
});
