// The elements in the templates of Vue and Svelte: what their compilers look names up in.

import type { SvelteHTMLElements } from "svelte/elements";
import type { GlobalComponents } from "vue";
import type { TodoitaCodeElement } from "todoita";
import type {} from "todoita/svelte";
import type {} from "todoita/vue";

type VueCode = InstanceType<GlobalComponents["todoita-code"]>;
export const props: VueCode["$props"] = { channel: "sms", "attempts-left": 3, class: "field" };
declare const vue: VueCode;
vue satisfies TodoitaCodeElement;
vue.$emit("todoita-refused", new CustomEvent("todoita-refused", { detail: { cause: "wrong" } }));
// @ts-expect-error: not a way
export const wrongProps: VueCode["$props"] = { channel: "pigeon" };
// @ts-expect-error: not an event
vue.$emit("todoita-lost", new CustomEvent("todoita-lost"));

type SvelteCode = SvelteHTMLElements["todoita-code"];
export const attributes: SvelteCode = {
  channel: "sms",
  "attempts-left": 3,
  class: "field",
  "ontodoita-complete": ({ detail }) => console.log(detail.kind),
};
export const guide: SvelteHTMLElements["todoita-guide"] = { profile: "twitter" };
export const phone: SvelteHTMLElements["todoita-phone"] = { channel: "voice" };
export const setup: InstanceType<GlobalComponents["todoita-setup"]>["$props"] = { uri: "otpauth://totp/a?secret=b", now: 0 };
// @ts-expect-error: the key is missing
export const wrongSetup: InstanceType<GlobalComponents["todoita-setup"]>["$props"] = { now: 0 };
// @ts-expect-error: not a profile
export const wrongGuide: SvelteHTMLElements["todoita-guide"] = { profile: "facebook" };
// @ts-expect-error: a handler, not a text
export const wrongHandler: SvelteCode = { "ontodoita-complete": "alert" };
