import { createAuthClient } from "better-auth/client";
import { emailOTPClient, phoneNumberClient, twoFactorClient } from "better-auth/client/plugins";
import { connect } from "todoita/better-auth";

const client = createAuthClient({ plugins: [twoFactorClient(), emailOTPClient(), phoneNumberClient()] });
const element = document.querySelector("todoita-code");
const minutes = 60_000;

const pages = {
  "/login/code": { location: "/in", start: "/login", codeLife: 3 * minutes },
  "/login/mail": { plugin: "emailOTP", email: "mail@example.com", location: "/in", start: "/login", codeLife: 5 * minutes },
  "/login/phone": { plugin: "phoneNumber", phoneNumber: "+819012345678", location: "/in", start: "/login", codeLife: 5 * minutes },
};

connect(element, client, pages[location.pathname]);
