// The WebAssembly of a module (src/wasm/field.rs, src/wasm/guide.rs, src/wasm/setup.rs): its bytes, and its start.

/** The bytes of a pinned file, as a function that fetches them by their hash. */
export const fetched = ({ wasm, integrity }) => async () => (await fetch(wasm, { integrity })).arrayBuffer();

/** The bytes in a text that has a character for each, or one above U+00FF for all its bytes in UTF-8 (xtask/tools/bundling.mjs). */
export const decoded = (text) => {
  const each = text.replace(/[^\0-\xff]+/g, (words) => String.fromCharCode(...new TextEncoder().encode(words)));
  // A plain loop: Uint8Array.from with a function takes four times as long.
  const all = new Uint8Array(each.length);
  for (let index = 0; index < each.length; index += 1) all[index] = each.charCodeAt(index);
  return all;
};

/** A function that starts a module with its bytes on its first call; bytes that were lost are fetched again on the next. */
export const starter = (bytes, connect) => {
  let ready;
  const start = async () => connect(await bytes());
  return () =>
    (ready ??= start().catch((error) => {
      ready = undefined;
      throw error;
    }));
};
