// React, Vue and Svelte: the field in a component, and a whole sign-in with its troubles in each kind of form.

import { join } from "node:path";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { STRICT } from "../browser/sites.mjs";
import { built, frame, serve } from "./hosts.mjs";
import { answersInJson, troubles } from "./troubles.mjs";

after(close);

// Vue and Svelte put in their templates by policies of their own.
const FRAMEWORKS = [["React", "react", ""], ["Vue", "vue", " vue"], ["Svelte", "svelte", " svelte-trusted-html"]];

for (const [name, folder, policies] of FRAMEWORKS) {
  test(`${name}: attributes follow, events arrive, it leaves and comes back, and a code is submitted`, async (t) => {
    const site = await serve(t, join(built(folder), "dist"), { policy: STRICT + policies });
    await frame(t, await browser(t), site, name);
  });
}

const OWN = "[data-way=resend]";

for (const [name, folder, form, resend] of [
  ["React, a form action", "react/dist-sign-in", "action"],
  ["React, a controlled input", "react/dist-sign-in", "controlled", OWN],
  ["React, react-hook-form", "react/dist-sign-in", "hookForm", OWN],
  ["React, Formik", "react/dist-sign-in", "formik", OWN],
  ["React Router 8", "react/dist-sign-in", "router"],
  ["React Router 7", "react/dist-7", "router"],
  ["Vue", "vue/dist-sign-in", "", OWN],
  ["Svelte", "svelte/dist-sign-in", "", OWN],
]) {
  test(`${name}: a sign-in with its troubles`, async (t) => {
    const [host, output] = folder.split("/");
    const [, , policies] = FRAMEWORKS.find(([, name]) => name === host);
    const site = await serve(t, join(built(host), output), { policy: STRICT + policies });
    await troubles(t, site.url(`/?${form}`), { resend, step: answersInJson(site) });
  });
}
