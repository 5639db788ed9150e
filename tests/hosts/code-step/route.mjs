import { codePage } from "./pages.mjs";
import { step } from "./step.mjs";

const signIn = (request) => /(?:^|; )sign-in=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1];
const send = (request, answer) =>
  answer.response({ accept: request.headers.get("accept"), location: "/in", start: "/login", page: codePage });

export const GET = async (request) => send(request, await step.status(signIn(request)));

export async function POST(request) {
  const answer = await step.post(signIn(request), await request.formData());
  const response = send(request, answer);
  // Here your session begins, under an id that is the same for the same post.
  if (answer.accepted) response.headers.append("set-cookie", `session=${answer.session}; Path=/; HttpOnly; SameSite=Lax; Secure`);
  return response;
}
