// React Router in framework mode: the page rendered by the server, the code checked in its action, and a whole sign-in with its
// troubles.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { close } from "../browser/engines.mjs";
import { built, start } from "./hosts.mjs";
import { troubles } from "./troubles.mjs";

after(close);

test("React Router, framework mode", async (t) => {
  const { origin } = await start(t, built("react-router"), { NODE_ENV: "production" }, "npx", "react-router-serve", "build/server/index.js");

  await t.test("an action and useActionData: a sign-in with its troubles", (t) => troubles(t, `${origin}/`));

  await t.test("without JavaScript the page states the answer", async () => {
    const post = (code) => fetch(`${origin}/?index`, { method: "POST", body: new URLSearchParams({ code }), redirect: "manual" });
    const refused = await post("111111");
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /<todoita-code [^>]*cause="wrong"/);
    const accepted = await post("482913");
    assert.deepEqual([accepted.status, accepted.headers.get("location")], [303, "/in"]);
  });
});
