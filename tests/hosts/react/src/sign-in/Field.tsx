import "todoita";
import "todoita/todoita.css";
import type { ReactNode } from "react";
import type {} from "todoita/react";
import type { Facts } from "./post";

/** The element with what the server stated last, around the input. */
export function Field({ facts, children }: { facts: Facts; children: ReactNode }) {
  return (
    <todoita-code
      channel="sms"
      destination={facts.destination}
      now={facts.now}
      expires-at={facts.expiresAt}
      resend-at={facts.resendAt}
      cause={facts.cause}
      sent={facts.status === "sent"}
    >
      {children}
    </todoita-code>
  );
}
