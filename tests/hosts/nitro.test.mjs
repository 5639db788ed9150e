// Nitro: the code step in its routes, bundled into a server that runs in an empty folder, and the functions there.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { built, freePort, start } from "./hosts.mjs";

after(close);

test("Nitro", async (t) => {
  const alone = mkdtempSync(join(tmpdir(), "todoita-nitro-"));
  t.after(() => rmSync(alone, { recursive: true, force: true }));
  cpSync(join(built("nitro"), ".output"), alone, { recursive: true });
  const { origin } = await start(t, alone, { HOST: "127.0.0.1", PORT: await freePort() }, process.execPath, "server/index.mjs");
  const message = async () => (await (await fetch(`${origin}/outbox`)).json())[0].text;

  for (const javascript of [true, false]) {
    await t.test(`a code by SMS ${javascript ? "with" : "without"} JavaScript: refused, then its message`, async (t) => {
      const session = await browser(t, { javascript });
      const begun = await fetch(`${origin}/login`, { method: "POST", redirect: "manual" });
      assert.deepEqual([begun.status, begun.headers.get("location")], [303, "/login/code"]);
      const [name, value] = begun.headers.getSetCookie()[0].split(";")[0].split("=");
      await session.open(`${origin}/in`);
      await session.command("POST", "/cookie", { cookie: { name, value, httpOnly: true, sameSite: "Lax" } });
      await session.open(`${origin}/login/code`);
      const field = new Field(session);
      if (javascript) {
        await field.alive();
        assert.match(await field.sent(), /末尾5678/);
      }
      const text = await message();
      const [code] = text.match(/\d{6}/);
      await field.type(code === "000000" ? "111111" : "000000", "enter");
      if (javascript) {
        await eventually(() => field.state(), "refused");
        await field.paste(text);
      } else {
        await eventually(() => session.count("todoita-code[cause=wrong]"), 1);
        await field.type(text.replace(/\s+/g, " "));
      }
      await field.press("enter");
      await eventually(() => session.url(), `${origin}/in`);
      assert.equal((await session.cookies()).filter(({ name }) => name === "session").length, 1);
      if (javascript) assert.deepEqual(await complaints(session), []);
    });
  }

  await t.test("the functions in the server", async () => {
    assert.equal(await (await fetch(`${origin}/called-server`)).text(), "081804 true");
  });
});
