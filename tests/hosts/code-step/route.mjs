import { codePage } from "./pages.mjs";
import { step } from "./step.mjs";

const signIn = (request) => /(?:^|; )sign-in=(\w+)/.exec(request.headers.get("cookie") ?? "")?.[1];
const send = (request, answer) =>
  answer.response({ accept: request.headers.get("accept"), location: "/in", start: "/login", page: codePage });

// The client's address, in a header that the proxy before this server sets: what a client sends there must not get through.
const network = (request) => ({ address: request.headers.get("x-real-ip") ?? undefined });

export const GET = async (request) => send(request, await step.status(signIn(request), network(request)));

export async function POST(request) {
  const answer = await step.post(signIn(request), await request.formData(), network(request));
  const response = send(request, answer);
  // Here your session begins, under an id that is the same for the same post.
  if (answer.accepted) response.headers.append("set-cookie", `session=${answer.session}; Path=/; HttpOnly; SameSite=Lax; Secure`);
  return response;
}
