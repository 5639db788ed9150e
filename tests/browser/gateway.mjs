// The login service with a gateway for its messages that a test controls and reports for.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { eventually } from "./pages.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/todoita-server");

/** The login service with one account, hanako, and a gateway for its messages: a server that takes all of them while it is up. */
export class Service {
  /** The ids of the messages that the gateway has taken, and their texts. */
  taken = [];
  texts = [];
  /** Whether the gateway takes messages. */
  isUp = true;
  #secret = randomBytes(32);
  #port;

  static async start(t) {
    const service = new Service();
    const gateway = createServer(async (request, answer) => {
      const body = await new Response(request).json();
      if (!service.isUp) return answer.writeHead(503).end();
      service.taken.push(body.data.id);
      service.texts.push(body.data.text);
      return answer.writeHead(202).end();
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

  /** The code in the text of the `n`th message, once the gateway has it. */
  async code(n) {
    return (await eventually(async () => this.texts[n], (text) => text !== undefined, 60_000)).match(/\b\d{6}\b/)[0];
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
