// `todoita.wasm` as a program without its JavaScript uses it (docs/wasm-abi.md).

import { readFileSync } from "node:fs";

const BYTES = readFileSync(new URL("../../target/wasm-abi/todoita.wasm", import.meta.url));
const MODULE = new WebAssembly.Module(BYTES);

/** An instance: `call(name, request)`, with an object or bytes; `exports` are its own. */
export function start() {
  const { exports } = new WebAssembly.Instance(MODULE, {});
  const call = (name, request) => {
    const bytes = request instanceof Uint8Array ? request : new TextEncoder().encode(JSON.stringify(request));
    const at = exports.alloc(bytes.length);
    if (bytes.length > 0 && at === 0) throw new RangeError("the request is too long");
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
    const packed = BigInt.asUintN(64, exports[name](at, bytes.length));
    exports.free(at);
    const [result, length] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
    const text = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, result, length));
    exports.free(result);
    return JSON.parse(text);
  };
  return { exports, call };
}

export const SIZE = BYTES.length;
export const imports = () => WebAssembly.Module.imports(MODULE);
