import "todoita/todoita.css";
import { useEffect } from "react";
import { Form, data, redirect, useActionData, useLoaderData } from "react-router";
import { step } from "./step.server";

export const loader = () => step.facts;

/** Takes the posted form; gives what the page has to state, or leaves it. */
export async function action({ request }) {
  if (step.post(Object.fromEntries(await request.formData()))) return redirect("/in", 303);
  return data(step.facts, step.facts.cause ? 422 : 200);
}

export default function Code() {
  const first = useLoaderData();
  const facts = useActionData() ?? first;
  // The server's markup comes first: the element starts when React has taken it over.
  useEffect(() => {
    import("todoita");
  }, []);
  return (
    <Form method="post">
      <todoita-code
        channel={facts.channel}
        destination={facts.destination}
        now={facts.now}
        expires-at={facts.expiresAt}
        resend-at={facts.resendAt}
        cause={facts.cause}
        sent={facts.sent}
      >
        <label htmlFor="code">認証コード</label>
        <input id="code" name="code" inputMode="numeric" autoComplete="one-time-code" required />
        <button>確認する</button>
      </todoita-code>
    </Form>
  );
}
