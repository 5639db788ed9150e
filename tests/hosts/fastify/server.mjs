import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import formbody from "@fastify/formbody";
import files from "@fastify/static";
import Fastify from "fastify";
import { begin, check, confirm, enrol } from "./code-step.mjs";
import { codePage, inPage } from "./pages.mjs";
import { store } from "./store.mjs";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; form-action 'self'; frame-ancestors 'none'";

const app = Fastify({ bodyLimit: 20_000 });
await app.register(formbody);
await app.register(files, { root: fileURLToPath(new URL(".", import.meta.resolve("todoita/package.json"))), prefix: "/todoita/" });
app.addHook("onRequest", async (request, reply) => {
  if (!request.url.startsWith("/todoita/")) reply.headers({ "cache-control": "no-store", "content-security-policy": POLICY });
});

app.get("/login/code", async (request, reply) => {
  if (!pending(request)) return reply.redirect("/", 303);
  return reply.type("text/html").send(codePage());
});

app.post("/login/code", async (request, reply) => {
  const signIn = pending(request);
  if (!signIn) return reply.redirect("/", 303);
  const outcome = await check(store, signIn, request.body?.code, request.body?.["todoita-attempt"]);
  const json = request.headers.accept?.includes("application/json");
  if (outcome.accepted) {
    // Here the session begins: a new cookie, the same one for the same sign-in.
    return json ? { status: "accepted", location: "/in" } : reply.redirect("/in", 303);
  }
  reply.status(422);
  if (json) return reply.type("application/problem+json").send(JSON.stringify(outcome));
  return reply.type("text/html").send(codePage(outcome));
});

app.get("/in", async (request, reply) => reply.type("text/html").send(inPage));

// Your sign-in. Here everybody is hana, once enrolled.
const signIns = new Map();
const pending = (request) => signIns.get(/(?:^|; )sign-in=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1]);
app.post("/enrol", () => enrol(store, "hana"));
app.post("/enrol/confirm", (request) => confirm(store, "hana", request.body?.code));
app.post("/login", async (request, reply) => {
  const id = randomBytes(24).toString("base64url");
  signIns.set(id, begin("hana"));
  const secure = request.protocol === "https" ? "; Secure" : "";
  return reply.header("set-cookie", `sign-in=${id}; Path=/; HttpOnly; SameSite=Lax${secure}`).redirect("/login/code", 303);
});

console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" }));
