import { fileURLToPath } from "node:url";
import formbody from "@fastify/formbody";
import files from "@fastify/static";
import Fastify from "fastify";
import { codePage, inPage } from "./pages.mjs";
import { outbox, step } from "./step.mjs";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; form-action 'self'; frame-ancestors 'none'";

const app = Fastify({ bodyLimit: 20_000 });
await app.register(formbody);
await app.register(files, { root: fileURLToPath(new URL(".", import.meta.resolve("todoita/package.json"))), prefix: "/todoita/" });
app.addHook("onRequest", async (request, reply) => {
  if (!request.url.startsWith("/todoita/")) reply.headers({ "cache-control": "no-store", "content-security-policy": POLICY });
});

const cookie = (request, name) => new RegExp(`(?:^|; )${name}=(\\w+)`).exec(request.headers.cookie ?? "")?.[1];
const setCookie = (request, name, value) => `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${request.protocol === "https" ? "; Secure" : ""}`;
const send = (request, reply, answer) => {
  const { status, headers, body } = answer.reply({ accept: request.headers.accept, location: "/in", start: "/", page: codePage });
  return reply.status(status).headers(headers).send(body);
};

app.get("/login/code", async (request, reply) => send(request, reply, await step.status(cookie(request, "sign-in"), { address: request.ip })));

app.post("/login/code", async (request, reply) => {
  const answer = await step.post(cookie(request, "sign-in"), request.body, { address: request.ip });
  // Here your session begins, under an id that is the same for the same post.
  if (answer.accepted) reply.header("set-cookie", setCookie(request, "session", answer.session));
  return send(request, reply, answer);
});

// After a correct password.
app.post("/login", async (request, reply) => {
  const { signIn } = await step.begin("hana", { channel: "app", address: request.ip });
  return reply.header("set-cookie", setCookie(request, "sign-in", signIn)).redirect("/login/code", 303);
});

// For somebody who has signed in with a code a moment ago.
app.post("/enrol", async (request, reply) => {
  const { enrolment, ...shown } = await step.enrol("hana", { issuer: "Example" });
  return reply.header("set-cookie", setCookie(request, "enrolment", enrolment)).send(shown);
});
app.post("/enrol/confirm", async (request, reply) => {
  const answer = await step.confirm("hana", cookie(request, "enrolment"), request.body?.code);
  return reply.send(answer.accepted);
});

app.get("/in", async (request, reply) => reply.type("text/html").send(inPage));
app.get("/outbox", () => outbox);

console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" }));
