// A submit by request, for sites whose server speaks JSON. The answer comes back as the same object
// that `element.refused()` takes.

const encode = (body, enctype) => {
  if (enctype === "multipart/form-data") return body;
  return new URLSearchParams([...body].map(([name, value]) => [name, String(value)]));
};

/** Whether an address is http(s) on the page's own origin. */
export const isOurs = (address) => {
  try {
    const { origin, protocol } = new URL(address, document.baseURI);
    return origin === location.origin && /^https?:$/.test(protocol);
  } catch {
    return false;
  }
};

/** Where and how a form goes when `submitter` was pressed. */
export const target = (form, submitter) => ({
  // `form.action` would be an input of that name.
  action: (submitter?.hasAttribute("formaction") && submitter.formAction) || new URL(form.getAttribute("action") ?? "", document.baseURI).href,
  method: (submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toLowerCase(),
  enctype: submitter?.getAttribute("formenctype") ?? form.getAttribute("enctype") ?? "",
});

/**
 * Posts `body`. Gives `{ accepted }`, `{ refused }`, `{ sent }`, `{ page: true }` (an HTML answer, which
 * only the browser can show) or `{}` (no answer).
 */
export const post = async ({ action, enctype }, body, signal) => {
  const response = await fetch(action, {
    method: "POST",
    body: encode(body, enctype),
    headers: { accept: "application/json, application/problem+json" },
    signal,
  });
  if (response.redirected) return isOurs(response.url) ? { accepted: response.url } : { page: true };
  const type = response.headers.get("content-type") ?? "";
  if (!/[/+]json\b/.test(type)) return response.status < 500 ? { page: true } : {};
  const answer = await response.json();
  if (response.ok && answer.status === "accepted") return { accepted: answer.location ?? "" };
  if (response.ok) return { sent: answer };
  const wait = Number(response.headers.get("retry-after"));
  // Of an answer that says itself what it waits for, a resend for instance, the header says nothing more.
  if (wait && answer.now && !answer.resendAt) answer.retryAt ??= +new Date(answer.now) + wait * 1000;
  return { refused: answer };
};
