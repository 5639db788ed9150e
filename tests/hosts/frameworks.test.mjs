// React, Vue and Svelte: the field in a component.

import { join } from "node:path";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { STRICT } from "../browser/sites.mjs";
import { built, frame, serve } from "./hosts.mjs";

after(close);

// Vue and Svelte put in their templates by policies of their own.
for (const [name, folder, policies] of [["React", "react", ""], ["Vue", "vue", " vue"], ["Svelte", "svelte", " svelte-trusted-html"]]) {
  test(`${name}: attributes follow, events arrive, it leaves and comes back, and a code is submitted`, async (t) => {
    const site = await serve(t, join(built(folder), "dist"), { policy: STRICT + policies });
    await frame(t, await browser(t), site, name);
  });
}
