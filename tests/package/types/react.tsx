// The elements in React's JSX.

import { useRef } from "react";
import type { TodoitaCodeElement } from "todoita";
import type {} from "todoita/react";

export function Code({ left }: { left: number }) {
  const field = useRef<TodoitaCodeElement>(null);
  return (
    <todoita-code
      ref={field}
      className="field"
      channel="sms"
      destination="5678"
      attempts-left={left}
      answers="json"
      auto-submit
      ontodoita-submit={(event) => {
        event.preventDefault();
        event.detail.formData.get("code");
        field.current?.refused({ cause: "wrong" });
      }}
      ontodoita-complete={({ detail }) => console.log(detail.kind === "backup")}
      ontodoita-step={({ detail }) => console.log(detail.screen)}
    >
      <label htmlFor="code">認証コード</label>
      <input id="code" name="code" />
    </todoita-code>
  );
}

export const Guide = () => <todoita-guide profile="instagram" ontodoita-remedy={({ detail }) => detail.outcome} />;

export const Setup = ({ uri }: { uri: string }) => (
  <todoita-setup uri={uri} now={Date.now()} support="/help" className="app" ontodoita-checked={({ detail }) => console.log(detail.ok)} />
);
export const Codes = () => <todoita-backup-codes service="Example" made="2026-11-22" />;
export const Phone = () => <todoita-phone channel="voice" e164-name="number" />;

// @ts-expect-error: the key is missing
export const wrongSetup = <todoita-setup />;
// @ts-expect-error: not a way
export const wrongWay = <todoita-code channel="pigeon" />;
// @ts-expect-error: not a profile
export const wrongProfile = <todoita-guide profile="facebook" />;
// @ts-expect-error: no event but the submit carries the code
export const wrongDetail = <todoita-code ontodoita-input={({ detail }) => detail.formData} />;
// @ts-expect-error: an attribute has a hyphen
export const wrongName = <todoita-code attemptsLeft={3} />;
