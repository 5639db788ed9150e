// A WebAssembly module that is spoken to in text (src/wasm/field.rs, src/wasm/guide.rs): fetched by its hash,
// one instance for all elements of a page.

/**
 * The module that `pin` names, whose exports begin with `name`. `start()` fetches it on the first call; a
 * lost one may be asked for again. Then `Told`s can be made: each lives until `free()`.
 */
export const instance = (name, { wasm, integrity }) => {
  let started;
  let core;
  const begin = async () => {
    const response = await fetch(wasm, { integrity });
    core = (await WebAssembly.instantiate(await response.arrayBuffer())).instance.exports;
  };
  const start = () =>
    (started ??= begin().catch((error) => {
      started = undefined;
      throw error;
    }));
  const does = (deed) => core[`${name}_${deed}`];

  class Told {
    #self = does("new")();

    /** Tells `text`, has it done, and gives the answer. */
    ask(text, deed, ...values) {
      const hear = does("hear");
      const tell = does("tell");
      for (const character of text) hear(this.#self, character.codePointAt());
      does(deed)(this.#self, ...values);
      const bytes = [];
      for (let byte; (byte = tell(this.#self)); ) bytes.push(byte);
      return new TextDecoder().decode(new Uint8Array(bytes));
    }

    free() {
      core[`__wbg_${name}_free`](this.#self, 0);
    }
  }

  return { start, Told };
};
