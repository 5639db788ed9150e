import { OTPInput, REGEXP_ONLY_DIGITS } from "input-otp";
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";

const Slot = ({ char }) => h("span", null, char ?? "·");
const Code = () =>
  h(OTPInput, {
    maxLength: 6, name: "code", id: "code", pattern: REGEXP_ONLY_DIGITS,
    render: ({ slots }) => slots.map((slot, place) => h(Slot, { key: place, char: slot.char })),
  });

let root;
window.mount = () => {
  root = createRoot(document.getElementById("place"));
  root.render(h(Code));
};
window.unmount = () => root.unmount();
window.mount();
