// The source of random bytes: the global `crypto`. Node 18 has none, so node.js fills it in.
export const source = { crypto: globalThis.crypto };
