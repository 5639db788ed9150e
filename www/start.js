// The one WebAssembly instance that every element of a page shares.
import init from "./dist/field/field.js";
import { integrity, wasm } from "./dist/pin.js";

let started;

/** Fetches the module on the first call; a lost one may be asked for again. */
export const start = () => {
  started ??= init({ module_or_path: fetch(wasm, { integrity }) }).catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
};
