"use client";

import { useEffect, useState } from "react";

/** The functions in a page. `todoita/core` waits for its WebAssembly, so it is imported where a browser is. */
export default function Page() {
  const [result, setResult] = useState("");
  useEffect(() => {
    import("todoita/core").then(({ readCode, verifyTotp }) => {
      const { digits } = readCode("2026/11/22 10:30 認証番号：０８１８０４");
      const { ok } = verifyTotp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", digits, 1_111_111_109_000);
      setResult(`${digits} ${ok}`);
    });
  }, []);
  return <output>{result}</output>;
}
