import { codePage } from "../../pages.mjs";
import { step } from "../../step.mjs";

export default defineEventHandler(async (event) => {
  const answer = await step.post(getCookie(event, "sign-in"), await readBody(event), { address: getRequestIP(event) });
  // Here your session begins, under an id that is the same for the same post.
  const secure = getRequestProtocol(event) === "https";
  if (answer.accepted) setCookie(event, "session", answer.session, { httpOnly: true, sameSite: "lax", secure });
  return answer.response({ accept: getHeader(event, "accept"), location: "/in", start: "/", page: codePage });
});
