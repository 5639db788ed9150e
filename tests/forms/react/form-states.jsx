// The code's input with each of the usual kinds of form state in React; `?with=` chooses one. The state is displayed, so
// that a test sees which values React got from the field.
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { Controller, useForm } from "react-hook-form";
import { useFormik } from "formik";

function Frame({ code, submit, children }) {
  return (
    <form onSubmit={submit}>
      <todoita-code webotp="" channel="sms">
        <label htmlFor="code">認証コード</label>
        {children}
        <button id="go">確認する</button>
      </todoita-code>
      <output id="state">{code}</output>
      <button id="elsewhere" type="button">別の場所</button>
    </form>
  );
}

const posted = (code) => fetch("/login/code", { method: "POST", body: new URLSearchParams({ code }) });

function Controlled() {
  const [code, setCode] = useState("");
  const submit = (event) => {
    event.preventDefault();
    posted(code);
  };
  return <Frame code={code} submit={submit}><input id="code" name="code" value={code} onChange={(event) => setCode(event.target.value)} /></Frame>;
}

function Registered() {
  const { register, watch, handleSubmit } = useForm({ defaultValues: { code: "" } });
  return <Frame code={watch("code")} submit={handleSubmit(({ code }) => posted(code))}><input id="code" {...register("code")} /></Frame>;
}

function WithController() {
  const { control, watch, handleSubmit } = useForm({ defaultValues: { code: "" } });
  return (
    <Frame code={watch("code")} submit={handleSubmit(({ code }) => posted(code))}>
      <Controller name="code" control={control} render={({ field }) => <input id="code" {...field} />} />
    </Frame>
  );
}

function WithFormik() {
  const { values, handleChange, handleSubmit } = useFormik({ initialValues: { code: "" }, onSubmit: ({ code }) => posted(code) });
  return <Frame code={values.code} submit={handleSubmit}><input id="code" name="code" value={values.code} onChange={handleChange} /></Frame>;
}

const App = { controlled: Controlled, register: Registered, controller: WithController, formik: WithFormik }[new URLSearchParams(location.search).get("with")];
createRoot(document.getElementById("root")).render(<App />);
