import type { Cause } from "todoita";

/** The facts that the server stated last (docs/answers.md). */
export interface Facts {
  destination: string;
  now: string;
  expiresAt: string;
  resendAt: string;
  cause?: Cause;
  status?: "accepted" | "sent" | number;
  location?: string;
}

/** Posts the code or an action; gives the facts, or leaves the page. */
export async function post(fields: FormData | Record<string, string>): Promise<Facts> {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  const response = await fetch("/login/code", { method: "POST", body, headers: { accept: "application/json" } });
  const facts = await response.json();
  if (facts.status === "accepted") location.assign(facts.location);
  return facts;
}

const minutes = (n: number) => new Date(Date.now() + n * 60_000).toISOString();

/** The facts of the page when it is opened. */
export const FIRST: Facts = { destination: "5678", now: minutes(0), expiresAt: minutes(10), resendAt: minutes(0) };
