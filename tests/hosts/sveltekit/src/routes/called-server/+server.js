import { readCode, verifyTotp } from "todoita/node";

/** The functions in the bundled server. */
export function GET() {
  const { digits } = readCode("2026/11/22 10:30 認証番号：０８１８０４");
  const { ok } = verifyTotp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", digits, 1_111_111_109_000);
  return new Response(`${digits} ${ok}`);
}
