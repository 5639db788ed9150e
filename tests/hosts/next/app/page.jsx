import { Field } from "./field";

export const dynamic = "force-dynamic";

export default async function Page({ searchParams }) {
  const { cause } = await searchParams;
  return (
    <form method="post" action="/login/code">
      <Field channel="sms" destination="5678" now={new Date().toISOString()} cause={cause && "wrong"}>
        <label htmlFor="code">認証コード</label>
        <input id="code" name="code" inputMode="numeric" autoComplete="one-time-code" required />
        <button>確認する</button>
      </Field>
    </form>
  );
}
