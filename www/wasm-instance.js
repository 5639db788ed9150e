// A WebAssembly module that takes and gives text (src/wasm/field.rs, src/wasm/guide.rs): fetched once, by its hash.

/** The module of a pin, as a function that returns a new instance on every call. A lost file is fetched again on the next. */
export const instances = ({ wasm, integrity }) => {
  let compiled;
  const compile = async () => WebAssembly.compile(await (await fetch(wasm, { integrity })).arrayBuffer());
  return async () => {
    compiled ??= compile().catch((error) => {
      compiled = undefined;
      throw error;
    });
    const { exports } = await WebAssembly.instantiate(await compiled);
    /** Hands `text` over, calls a function and gives the answer; one character at a time, which needs no glue. */
    return (text, name, ...values) => {
      for (const character of text) exports.push(character.codePointAt());
      exports[name](...values);
      const bytes = [];
      for (let byte; (byte = exports.pop()); ) bytes.push(byte);
      return new TextDecoder().decode(new Uint8Array(bytes));
    };
  };
};
