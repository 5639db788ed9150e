import { type ActionFunctionArgs, Form, useActionData, useLoaderData } from "react-router";
import { Field } from "./Field";
import { FIRST, post } from "./post";

export const loader = () => FIRST;

export const action = async ({ request }: ActionFunctionArgs) => post(await request.formData());

export function Component() {
  const first = useLoaderData<typeof loader>();
  const facts = useActionData<typeof action>() ?? first;
  return (
    <Form method="post">
      <Field facts={facts}>
        <label htmlFor="code">認証コード</label>
        <input id="code" name="code" inputMode="numeric" autoComplete="one-time-code" required />
        <button>確認する</button>
      </Field>
    </Form>
  );
}
