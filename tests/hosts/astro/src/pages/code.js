import { step } from "../step.js";

export async function POST({ request, redirect }) {
  const accepted = step.post(Object.fromEntries(await request.formData()));
  // Without JavaScript the page states the answer.
  if (!request.headers.get("accept")?.includes("json")) return redirect(accepted ? "/in" : "/", 303);
  const [status, type, body] = step.json(accepted);
  return new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
}
