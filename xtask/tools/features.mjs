// The section `target_features` of a WebAssembly file, by which wasm-bindgen chooses how objects cross.

/** A WebAssembly file whose section `target_features` says that some features are not used ("-", not "+"). */
export const withoutFeatures = (bytes, features) => {
  const changed = Buffer.from(bytes);
  for (const feature of features) {
    const entry = changed.indexOf(`+${String.fromCharCode(feature.length)}${feature}`, changed.indexOf("target_features"));
    if (entry < 0) throw new Error(`the module does not list ${feature}`);
    changed[entry] = "-".charCodeAt();
  }
  return changed;
};
