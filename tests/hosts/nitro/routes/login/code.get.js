import { codePage } from "../../pages.mjs";
import { step } from "../../step.mjs";

export default defineEventHandler(async (event) => {
  const answer = await step.status(getCookie(event, "sign-in"), { address: getRequestIP(event) });
  return answer.response({ accept: getHeader(event, "accept"), location: "/in", start: "/", page: codePage });
});
