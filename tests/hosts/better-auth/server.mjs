import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { fromNodeHeaders, toNodeHandler } from "better-auth/node";
import { emailOTP, phoneNumber, twoFactor } from "better-auth/plugins";

/** Your gateway. Here the codes wait to be looked at. */
const outbox = [];

const options = {
  trustedOrigins: ["http://localhost:*"],
  secret: process.env.BETTER_AUTH_SECRET,
  database: new DatabaseSync(":memory:"),
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  plugins: [
    twoFactor({ issuer: "Example", otpOptions: { sendOTP: ({ otp }) => void outbox.push(otp) } }),
    emailOTP({ sendVerificationOTP: async ({ otp }) => void outbox.push(otp) }),
    phoneNumber({
      sendOTP: ({ code }) => void outbox.push(code),
      signUpOnVerification: { getTempEmail: (number) => `${number.slice(1)}@phone.example` },
    }),
  ],
};
const auth = betterAuth(options);
await (await getMigrations(options)).runMigrations();

const page = (attributes) => `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<title>認証コード</title>
<link rel="stylesheet" href="/todoita/dist/todoita.css">
<script type="module" src="/dist/page.js"></script>
<script type="module" src="/todoita/dist/todoita.js"></script>
<form method="post">
  <todoita-code ${attributes}>
    <label for="code">認証コード</label>
    <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
    <button>確認する</button>
  </todoita-code>
  <label><input type="checkbox" name="trust-device"> この機器では次から聞かない</label>
</form>
</html>`;
const now = () => new Date().toISOString();
const pages = {
  // A backup code of better-auth is two words of five letters and digits, and its case counts.
  "/login/code": () => page(`channel="app" alternatives="email" backup-format="xxxxx-xxxxx" now="${now()}"`),
  "/login/mail": () => page(`channel="email" destination="m•••@example.com" backup="none" now="${now()}" resend-at="${now()}"`),
  "/login/phone": () => page(`channel="sms" destination="5678" backup="none" now="${now()}" resend-at="${now()}"`),
  "/in": async (request) => `signed in: ${(await auth.api.getSession({ headers: fromNodeHeaders(request.headers) }))?.user.email}`,
  "/login": () => "start",
  "/outbox": () => JSON.stringify(outbox),
};

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };
function file(response, path) {
  try {
    const body = readFileSync(new URL(`.${path.replace(/^\/todoita\//, "/node_modules/todoita/")}`, import.meta.url));
    response.setHeader("content-type", TYPES[extname(path)] ?? "text/plain").end(body);
  } catch {
    response.writeHead(404).end();
  }
}

const handler = toNodeHandler(auth);
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname.startsWith("/api/auth/")) return handler(request, response);
  if (pathname === "/dist/page.js" || pathname.startsWith("/todoita/")) return file(response, pathname);
  const body = await pages[pathname]?.(request);
  response.writeHead(body ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(body);
});
server.listen(process.env.PORT ?? 3000, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
