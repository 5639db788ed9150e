// For bundled-functions.test.mjs: the functions and the code step in a bundled server.
import { readCode, verifyTotp } from "todoita/node";
import { createCodeStep, memoryStore } from "todoita/server";

const { digits } = readCode("2026/11/22 10:30 認証番号：０８１８０４");
const step = createCodeStep({ key: new Uint8Array(32), store: memoryStore(), send: () => {}, limits: { failures: 5 } });
const { ok } = verifyTotp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", digits, 1_111_111_109_000);
console.log(digits, ok && typeof step.post === "function");
