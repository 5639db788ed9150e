import { type FormEvent, useState } from "react";
import { Field } from "./Field";
import { FIRST, post } from "./post";

export function Controlled() {
  const [code, setCode] = useState("");
  const [facts, setFacts] = useState(FIRST);
  const check = async (event: FormEvent) => {
    event.preventDefault();
    setFacts(await post({ code }));
  };
  const again = async () => setFacts(await post({ "todoita-action": "resend" }));
  return (
    <form onSubmit={check}>
      <Field facts={facts}>
        <label htmlFor="code">認証コード</label>
        <input id="code" value={code} onChange={(event) => setCode(event.target.value)} autoComplete="one-time-code" />
        <button>確認する</button>
        <button type="button" data-way="resend" onClick={again}>新しいコードを送る</button>
      </Field>
    </form>
  );
}
