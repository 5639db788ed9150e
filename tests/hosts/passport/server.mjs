import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import express from "express";
import sessions from "express-session";
import passport from "passport";
import { Strategy } from "passport-local";
import { passwordPage } from "./login-page.mjs";
import { codePage } from "./pages.mjs";
import { isPassword } from "./password.mjs";
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

app.use(
  sessions({
    secret: process.env.SESSION_SECRET ?? randomUUID(),
    // The session of an accepted code has the id that the code step gives: the same for the same post.
    genid: (request) => request.accepted ?? randomUUID(),
    cookie: { httpOnly: true, sameSite: "lax", secure: "auto" },
    resave: false,
    saveUninitialized: false,
  }),
);
app.use(passport.session());
passport.use(
  new Strategy({ usernameField: "name" }, async (name, password, done) => done(null, (await isPassword(name, password)) && { id: name })),
);
passport.serializeUser((user, done) => done(null, user.id));
passport.deserializeUser((id, done) => done(null, { id }));

const cookie = (request, name) => new RegExp(`(?:^|; )${name}=(\\w+)`).exec(request.headers.cookie ?? "")?.[1];
const own = (request) => ({ httpOnly: true, sameSite: "lax", secure: request.secure });
const send = (request, response, answer) => {
  const { status, headers, body } = answer.reply({ accept: request.headers.accept, location: "/in", start: "/login", page: codePage });
  response.status(status).set(headers).send(body);
};
const ended = new Set();

app.get("/login", (request, response) => response.send(passwordPage("failed" in request.query)));

// Passport checks the password, and begins no session: that waits for the code.
app.post("/login", passport.authenticate("local", { session: false, failureRedirect: "/login?failed" }), async (request, response) => {
  // The authenticator, where the account has one.
  const { signIn } = await step.begin(request.user.id, { channel: "app", address: request.ip });
  response.cookie("sign-in", signIn, own(request)).redirect(303, "/login/code");
});

app.get("/login/code", async (request, response) => send(request, response, await step.status(cookie(request, "sign-in"), { address: request.ip })));

app.post("/login/code", async (request, response, next) => {
  const answer = await step.post(cookie(request, "sign-in"), request.body, { address: request.ip });
  if (!answer.accepted) return send(request, response, answer);
  // A session that has ended does not begin again by the same post.
  if (ended.has(answer.session)) return response.redirect(303, "/login");
  request.accepted = answer.session;
  request.logIn({ id: answer.account }, (error) => (error ? next(error) : send(request, response, answer)));
});

app.post("/logout", (request, response, next) => {
  ended.add(request.sessionID);
  request.logOut((error) => (error ? next(error) : response.redirect(303, "/login")));
});

const signedIn = (request, response, next) => (request.isAuthenticated() ? next() : response.redirect(303, "/login"));

app.get("/in", signedIn, (request, response) => response.send(`<!doctype html><html lang="en"><title>in</title><h1>${request.user.id}</h1></html>`));
// The session's code has to be of the last five minutes: docs/integrations/code-step.md has the duties.
app.post("/enrol", signedIn, async (request, response) => {
  const { enrolment, ...shown } = await step.enrol(request.user.id, { issuer: "Example" });
  request.session.enrolment = enrolment;
  response.json(shown);
});
app.post("/enrol/confirm", signedIn, async (request, response) => {
  const answer = await step.confirm(request.user.id, request.session.enrolment, request.body?.code);
  response.json(answer.accepted);
});
app.get("/outbox", (request, response) => response.json(outbox));

const server = app.listen(process.env.PORT ?? 3000, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
