import "todoita";
import "todoita/todoita.css";
import type {} from "todoita/react";

export function Code(props: { destination: string; attemptsLeft: number; onKind(kind: string | null): void }) {
  return (
    <form method="post" action="/login/code">
      <todoita-code
        channel="sms"
        destination={props.destination}
        attempts-left={props.attemptsLeft}
        ontodoita-input={({ detail }) => props.onKind(detail.kind)}
      >
        <label htmlFor="code">認証コード</label>
        <input id="code" name="code" inputMode="numeric" autoComplete="one-time-code" required />
        <button>確認する</button>
      </todoita-code>
    </form>
  );
}
