// A page that uses the elements: what is right compiles, and what is wrong does not.

import { TodoitaCodeElement, type Refusal } from "todoita";
import "todoita/todoita.css";
import "todoita/guide";
import "todoita/todoita-guide.css";
import { TodoitaCodeElement as Same } from "todoita/element";
import { TodoitaSetupElement } from "todoita/setup";
import "todoita/todoita-setup.css";

const field = document.createElement("todoita-code");
field satisfies TodoitaCodeElement;
field satisfies Same;
document.querySelector("todoita-guide")?.remove();

field.accepted();
field.accepted("/account");
field.refused({ cause: "ended", location: "/login" });
field.refused({ cause: "wrong", attemptsLeft: 3, now: Date.now() });
field.sent({ channel: "email", destination: "h***@example.com", fields: { csrf: "new" } });
const refusal: Refusal = { now: "2026-11-22T10:31:00Z" };
field.refused(refusal);

field.addEventListener("todoita-submit", (event) => {
  event.preventDefault();
  event.detail.formData.get("code");
  const kind: "code" | "backup" | null = event.detail.kind;
  console.log(kind, event.detail.action?.length);
});
document.addEventListener("todoita-refused", ({ detail }) => {
  const cause: "wrong" | "expired" | "used" | "exhausted" | "locked" | "limited" | "ended" | "unknown" = detail.cause;
  console.log(cause);
});
document.addEventListener("todoita-remedy", ({ detail: { profile, remedy, outcome } }) => {
  console.log(profile === "instagram", remedy.length, outcome.length);
});

document.querySelector("todoita-setup") satisfies TodoitaSetupElement | null;
document.addEventListener("todoita-checked", ({ detail }) => {
  const drift: number | null = detail.drift;
  console.log(detail.ok, drift);
});

// @ts-expect-error: not the name of a cause
field.refused({ cause: "wrnog" });
// @ts-expect-error: the attribute's name, not the member's
field.refused({ "attempts-left": 3 });
// @ts-expect-error: an address is a text
field.accepted(5);
// @ts-expect-error: not a way
field.sent({ channel: "pigeon" });
document.addEventListener("todoita-checked", ({ detail }) => {
  // @ts-expect-error: no event but the submit carries the code
  console.log(detail.code);
});
field.addEventListener("todoita-input", (event) => {
  // @ts-expect-error: no event but the submit carries the code
  console.log(event.detail.formData);
});
