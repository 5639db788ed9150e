/** Posts the code or an action; gives what the server states (docs/answers.md), or leaves the page. */
export async function post(fields) {
  const body = new URLSearchParams(fields);
  const response = await fetch("/login/code", { method: "POST", body, headers: { accept: "application/json" } });
  const facts = await response.json();
  if (facts.status === "accepted") location.assign(facts.location);
  return facts;
}

const minutes = (n) => new Date(Date.now() + n * 60_000).toISOString();

/** The facts of the page when it is opened. */
export const FIRST = { destination: "5678", now: minutes(0), expiresAt: minutes(10), resendAt: minutes(0) };
