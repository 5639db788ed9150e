import * as pinInput from "@zag-js/pin-input";
import { VanillaMachine, normalizeProps, spreadProps } from "@zag-js/vanilla";

let machine;
let unspread = [];
window.mount = () => {
  const place = document.getElementById("place");
  const root = document.createElement("div");
  const inputs = Array.from({ length: 6 }, () => document.createElement("input"));
  const hidden = document.createElement("input");
  root.append(...inputs, hidden);
  place.append(root);
  machine = new VanillaMachine(pinInput.machine, { id: "code", name: "code", count: 6, otp: true });
  const show = () => {
    const api = pinInput.connect(machine.service, normalizeProps);
    for (const undo of unspread) undo?.();
    unspread = [
      spreadProps(root, api.getRootProps()),
      ...inputs.map((input, index) => spreadProps(input, api.getInputProps({ index }))),
      spreadProps(hidden, api.getHiddenInputProps()),
    ];
  };
  machine.subscribe(show);
  machine.start();
  show();
  root.dataset.there = "";
};
window.unmount = () => {
  for (const undo of unspread) undo?.();
  unspread = [];
  machine.stop();
  document.getElementById("place").replaceChildren();
};
window.mount();
