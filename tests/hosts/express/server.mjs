import { fileURLToPath } from "node:url";
import express from "express";
import { codePage, inPage } from "./pages.mjs";
import { outbox, step } from "./step.mjs";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; form-action 'self'; frame-ancestors 'none'";

const app = express();
app.disable("x-powered-by");
app.use("/todoita", express.static(fileURLToPath(new URL(".", import.meta.resolve("todoita/package.json")))));
app.use(express.urlencoded({ extended: false, limit: "20kb" }));
app.use((request, response, next) => {
  response.set({ "cache-control": "no-store", "content-security-policy": POLICY });
  next();
});

const cookie = (request, name) => new RegExp(`(?:^|; )${name}=(\\w+)`).exec(request.headers.cookie ?? "")?.[1];
const own = (request) => ({ httpOnly: true, sameSite: "lax", secure: request.secure });
const send = (request, response, answer) => {
  const { status, headers, body } = answer.reply({ accept: request.headers.accept, location: "/in", start: "/", page: codePage });
  response.status(status).set(headers).send(body);
};

app.get("/login/code", async (request, response) => send(request, response, await step.status(cookie(request, "sign-in"), { address: request.ip })));

app.post("/login/code", async (request, response) => {
  const answer = await step.post(cookie(request, "sign-in"), request.body, { address: request.ip });
  // Here your session begins, under an id that is the same for the same post.
  if (answer.accepted) response.cookie("session", answer.session, own(request));
  send(request, response, answer);
});

// After a correct password.
app.post("/login", async (request, response) => {
  const { signIn } = await step.begin("hana", { channel: "app", address: request.ip });
  response.cookie("sign-in", signIn, own(request)).redirect(303, "/login/code");
});

// For somebody who has signed in with a code a moment ago.
app.post("/enrol", async (request, response) => {
  const { enrolment, ...shown } = await step.enrol("hana", { issuer: "Example" });
  response.cookie("enrolment", enrolment, own(request)).json(shown);
});
app.post("/enrol/confirm", async (request, response) => {
  const answer = await step.confirm("hana", cookie(request, "enrolment"), request.body?.code);
  response.json(answer.accepted);
});

app.get("/in", (request, response) => response.send(inPage));
app.get("/outbox", (request, response) => response.json(outbox));

const server = app.listen(process.env.PORT ?? 3000, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
