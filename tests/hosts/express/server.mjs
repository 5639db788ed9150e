import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import express from "express";
import { begin, check, confirm, enrol } from "./code-step.mjs";
import { codePage, inPage } from "./pages.mjs";
import { store } from "./store.mjs";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; form-action 'self'; frame-ancestors 'none'";

const app = express();
app.disable("x-powered-by");
app.use("/todoita", express.static(fileURLToPath(new URL(".", import.meta.resolve("todoita/package.json")))));
app.use(express.urlencoded({ extended: false, limit: "20kb" }));
app.use((request, response, next) => {
  response.set({ "cache-control": "no-store", "content-security-policy": POLICY });
  next();
});

app.get("/login/code", (request, response) => {
  if (pending(request)) response.send(codePage());
  else response.redirect(303, "/");
});

app.post("/login/code", async (request, response) => {
  const signIn = pending(request);
  if (!signIn) return response.redirect(303, "/");
  const outcome = await check(store, signIn, request.body?.code, request.body?.["todoita-attempt"]);
  const json = request.accepts(["html", "json", "application/problem+json"]) !== "html";
  if (outcome.accepted) {
    // Here the session begins: a new cookie, the same one for the same sign-in.
    if (json) response.json({ status: "accepted", location: "/in" });
    else response.redirect(303, "/in");
  } else if (json) {
    response.status(422).type("application/problem+json").send(JSON.stringify(outcome));
  } else {
    response.status(422).send(codePage(outcome));
  }
});

app.get("/in", (request, response) => response.send(inPage));

// Your sign-in. Here everybody is hana, once enrolled.
const signIns = new Map();
const pending = (request) => signIns.get(/(?:^|; )sign-in=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1]);
app.post("/enrol", async (request, response) => response.json(await enrol(store, "hana")));
app.post("/enrol/confirm", async (request, response) => response.json(await confirm(store, "hana", request.body?.code)));
app.post("/login", (request, response) => {
  const id = randomBytes(24).toString("base64url");
  signIns.set(id, begin("hana"));
  response.cookie("sign-in", id, { httpOnly: true, sameSite: "lax", secure: request.secure }).redirect(303, "/login/code");
});

const server = app.listen(process.env.PORT ?? 3000, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
