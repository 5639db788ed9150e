"use client";

import { useActionState } from "react";
import { Field } from "../field";
import { check } from "./check";

export function CodeForm({ first }) {
  const [facts, submit, pending] = useActionState(check, first);
  return (
    <form action={submit}>
      <Field
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
        <button disabled={pending}>確認する</button>
      </Field>
    </form>
  );
}
