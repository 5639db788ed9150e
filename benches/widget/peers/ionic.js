import { defineCustomElement } from "@ionic/core/components/ion-input-otp.js";

defineCustomElement();
window.mount = () => {
  const field = document.createElement("ion-input-otp");
  field.length = 6;
  document.getElementById("place").append(field);
};
window.unmount = () => document.getElementById("place").replaceChildren();
window.mount();
