import { useActionState } from "react";
import { Field } from "./Field";
import { FIRST, type Facts, post } from "./post";

const check = (_: Facts, fields: FormData) => post(fields);

export function ByAction() {
  const [facts, submit, pending] = useActionState(check, FIRST);
  return (
    <form action={submit}>
      <Field facts={facts}>
        <label htmlFor="code">認証コード</label>
        <input id="code" name="code" inputMode="numeric" autoComplete="one-time-code" required />
        <button disabled={pending}>確認する</button>
      </Field>
    </form>
  );
}
