import { useState } from "react";
import { useForm } from "react-hook-form";
import { Field } from "./Field";
import { FIRST, post } from "./post";

export function WithHookForm() {
  const { register, handleSubmit } = useForm({ defaultValues: { code: "" } });
  const [facts, setFacts] = useState(FIRST);
  const again = async () => setFacts(await post({ "todoita-action": "resend" }));
  return (
    <form onSubmit={handleSubmit(async ({ code }) => setFacts(await post({ code })))}>
      <Field facts={facts}>
        <label htmlFor="code">認証コード</label>
        <input id="code" autoComplete="one-time-code" {...register("code", { required: true })} />
        <button>確認する</button>
        <button type="button" data-way="resend" onClick={again}>新しいコードを送る</button>
      </Field>
    </form>
  );
}
