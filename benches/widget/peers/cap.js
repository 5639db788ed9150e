window.CAP_CUSTOM_WASM_URL = "/cap_wasm_bg.wasm";
await import("@cap.js/widget");
document.getElementById("place").append(document.createElement("cap-widget"));
