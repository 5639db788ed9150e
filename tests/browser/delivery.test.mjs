// The code page of the login service while a gateway reports what became of the code: a page that is open takes notice.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { browser, close } from "./engines.mjs";
import { Login, eventually } from "./pages.mjs";

after(close);

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/todoita-server");

/** The login service with one account, hanako, and a gateway for its messages: a server that takes all of them. */
class Service {
  /** The ids of the messages that the gateway has taken. */
  taken = [];
  #secret = randomBytes(32);
  #port;

  static async start(t) {
    const service = new Service();
    const gateway = createServer(async (request, answer) => {
      const body = await new Response(request).json();
      service.taken.push(body.data.id);
      answer.writeHead(202).end();
    }).listen(0, "127.0.0.1");
    await once(gateway, "listening");
    const data = await mkdtemp(join(tmpdir(), "todoita-"));
    const config = join(data, "server.toml");
    await writeFile(config, `[delivery.webhook]\nurl = "http://127.0.0.1:${gateway.address().port}/send"\n`);
    const place = ["--config", config, "--data", join(data, "data"), "--assets", join(ROOT, "www"), "--listen", "127.0.0.1:0"];
    const env = { ...process.env, RUST_LOG: "warn", TODOITA_WEBHOOK_SECRET: `whsec_${service.#secret.toString("base64")}` };
    const added = spawn(PROGRAM, [...place, "user", "add", "hanako", "--phone", "+819000005678", "--backup-codes"], { env, stdio: ["pipe", "ignore", "inherit"] });
    added.stdin.end("the password\n");
    assert.deepEqual(await once(added, "exit"), [0, null]);
    const program = spawn(PROGRAM, place, { env, stdio: ["ignore", "pipe", "inherit"] });
    t.after(async () => {
      program.kill("SIGKILL");
      await once(program, "exit");
      gateway.closeAllConnections();
      gateway.close();
      await rm(data, { recursive: true, force: true });
    });
    for await (const line of createInterface({ input: program.stdout })) {
      service.#port = line.match(/http:\/\/127\.0\.0\.1:(\d+)\//)?.[1];
      if (service.#port) break;
    }
    assert.ok(service.#port, "the service listens");
    program.stdout.resume();
    return service;
  }

  url(path) {
    return `http://localhost:${this.#port}${path}`;
  }

  /** The gateway reports on a message: `delivered` or `failed`. */
  async report(kind, id) {
    const body = JSON.stringify({ type: `message.${kind}`, data: { id } });
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", this.#secret).update(`report.${timestamp}.${body}`).digest("base64");
    const answer = await fetch(this.url("/delivery/reports"), {
      method: "POST",
      headers: { "content-type": "application/json", "webhook-id": "report", "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` },
      body,
    });
    assert.equal(answer.status, 204);
  }
}

test("an open code page takes notice of a code that could not be delivered, takes it back, and loses no typed text", async (t) => {
  const service = await Service.start(t);
  const session = await browser(t);
  const field = await new Login(session, service).password("hanako", "the password");
  await field.alive();
  await eventually(async () => service.taken.length, 1);
  const notice = async () => ((await session.count("#code-notice")) ? (await session.find("#code-notice")).text() : "");
  const usual = async () => (await session.find("[data-part=usual]")).text();
  assert.equal(await notice(), "");
  assert.match(await usual(), /通常は1分以内に届きます/);
  await service.report("failed", service.taken[0]);
  await eventually(notice, "SMSで送ったコードを届けられませんでした。今は、電話・バックアップコードが使えます。", 60_000);
  await field.alive();
  assert.equal(await usual(), "");
  await field.type("12");
  await service.report("delivered", service.taken[0]);
  /** How often this page has looked. */
  const looks = () => session.run(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/login/code")).length);
  const before = await looks();
  // One may have been under way.
  await eventually(looks, (seen) => seen > before + 1, 60_000);
  assert.equal(await field.value(), "12");
  assert.notEqual(await notice(), "");
  await field.type(["control", "a"], "backspace");
  await eventually(notice, "", 60_000);
  await field.alive();
  assert.match(await usual(), /通常は1分以内に届きます/);
});
