import { useFormik } from "formik";
import { useState } from "react";
import { Field } from "./Field";
import { FIRST, post } from "./post";

export function WithFormik() {
  const [facts, setFacts] = useState(FIRST);
  const form = useFormik({
    initialValues: { code: "" },
    onSubmit: async ({ code }) => setFacts(await post({ code })),
  });
  const again = async () => setFacts(await post({ "todoita-action": "resend" }));
  return (
    <form onSubmit={form.handleSubmit}>
      <Field facts={facts}>
        <label htmlFor="code">認証コード</label>
        <input id="code" autoComplete="one-time-code" {...form.getFieldProps("code")} />
        <button disabled={form.isSubmitting}>確認する</button>
        <button type="button" data-way="resend" onClick={again}>新しいコードを送る</button>
      </Field>
    </form>
  );
}
