// Asks from time to time whether the page's notice on the delivery of the code still holds, and loads the page again where it does
// not: a gateway reports late that it could not deliver. Without this script the next page has the notice.
const field = document.querySelector("todoita-code");
const shown = document.getElementById("code-notice")?.dataset.notice;
/** Milliseconds until the first request; each further wait is half as long again. */
const FIRST = 2000;
const LONGEST = 30000;

/** Nothing that the person has begun would be lost. */
const isIdle = () => !field.querySelector("input").value && !field.matches("[aria-busy]") && !field.querySelector("details[open]");

/** The notice of the service now, undefined where there is none; null where the sign-in is over. */
const asked = async () => {
  const answer = await fetch(location.pathname, { headers: { accept: "application/json" } });
  const isState = answer.ok && answer.headers.get("content-type") === "application/json";
  return isState ? (await answer.json()).notice : null;
};

const check = async (wait) => {
  // While there is no answer, the next request may have one.
  const now = document.hidden ? shown : await asked().catch(() => shown);
  if (now === null) return;
  // That no code was sent is shown once, for a request that is over.
  const holds = now === shown || (shown === "unsent" && now === undefined);
  // A page that answered a form would be loaded again by that form: a wrong code would count once more.
  if (!holds && isIdle()) location.replace(location.pathname + location.search);
  else setTimeout(check, wait, Math.min(wait * 1.5, LONGEST));
};

setTimeout(check, FIRST, FIRST * 1.5);
