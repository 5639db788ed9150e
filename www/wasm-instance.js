// A WebAssembly module that takes and gives text (src/wasm/field.rs, src/wasm/guide.rs): fetched by its hash, one
// instance for all elements of a page.

/**
 * The module that a pin names. `core` has its exports once `start()` is done, which fetches it on the first call; a
 * lost file is fetched again on the next. `write()` hands a text over, `read()` takes the answer: one character at a
 * time, which needs no glue.
 */
export const instance = ({ wasm, integrity }) => {
  let started;
  const fetchCore = async () => {
    const response = await fetch(wasm, { integrity });
    module.core = (await WebAssembly.instantiate(await response.arrayBuffer())).instance.exports;
  };
  const module = {
    core: undefined,
    start: () =>
      (started ??= fetchCore().catch((error) => {
        started = undefined;
        throw error;
      })),
    write(text) {
      for (const character of text) module.core.push(character.codePointAt());
    },
    read() {
      const bytes = [];
      for (let byte; (byte = module.core.pop()); ) bytes.push(byte);
      return new TextDecoder().decode(new Uint8Array(bytes));
    },
  };
  return module;
};
