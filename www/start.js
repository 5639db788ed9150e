// The one WebAssembly instance that every element of a page shares.
import * as glue from "./dist/field/field_bg.js";
import { integrity, wasm } from "./dist/pin.js";

let started;

const begin = async () => {
  const response = await fetch(wasm, { integrity });
  const imports = { "./field_bg.js": glue };
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), imports);
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
};

/** Fetches the module on the first call; a lost one may be asked for again. */
export const start = () =>
  (started ??= begin().catch((error) => {
    started = undefined;
    throw error;
  }));
