import { step } from "../step.mjs";

// After a correct password.
export default defineEventHandler(async (event) => {
  const { signIn } = await step.begin("hana", { address: getRequestIP(event) });
  setCookie(event, "sign-in", signIn, { httpOnly: true, sameSite: "lax", secure: getRequestProtocol(event) === "https" });
  return sendRedirect(event, "/login/code", 303);
});
