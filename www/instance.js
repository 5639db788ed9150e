// A WebAssembly instance, made once and shared by every element of a page.

/** Gives a function that starts `glue`'s module: fetched on the first call; a lost one may be asked for again. */
export const starter = (glue, name, { wasm, integrity }) => {
  let started;
  const begin = async () => {
    const response = await fetch(wasm, { integrity });
    const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), { [name]: glue });
    glue.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
  };
  return () =>
    (started ??= begin().catch((error) => {
      started = undefined;
      throw error;
    }));
};
