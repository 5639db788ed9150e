// The reference login service, started for a test on a free port with a folder of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createSite, request } from "node:http";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { LISTENER } from "./engines.mjs";
import { withListener } from "./sites.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/todoita-server");

export class Demo {
  #process;
  #data;
  #options;
  #port = 0;
  #relay;

  /**
   * @param {import("node:test").TestContext} t
   * @param {string[]} options of the program, beside those of every test
   */
  static async start(t, ...options) {
    const demo = new Demo();
    demo.#options = options;
    demo.#data = await mkdtemp(join(tmpdir(), "todoita-"));
    t.after(async () => {
      await demo.kill();
      await rm(demo.#data, { recursive: true, force: true });
    });
    await demo.restart();
    if (LISTENER) demo.#relay = await relay(t, demo);
    return demo;
  }

  /** Starts it, after `kill` with the same data at the same port. */
  async restart() {
    const place = ["--listen", `127.0.0.1:${this.#port}`, "--data", join(this.#data, "data"), "--assets", join(ROOT, "www")];
    this.#process = spawn(PROGRAM, ["--demo", "--test-clock", ...place, ...this.#options], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, RUST_LOG: "warn" },
    });
    const output = [];
    this.#process.stderr.setEncoding("utf8").on("data", (text) => output.push(text));
    const failed = once(this.#process, "error").then(([error]) => {
      throw new Error(`${PROGRAM} cannot be started (${error.message}): cargo build --package todoita-server`);
    });
    const listening = (async () => {
      for await (const line of createInterface({ input: this.#process.stdout })) {
        const port = line.match(/http:\/\/127\.0\.0\.1:(\d+)\//)?.[1];
        if (port) return Number(port);
      }
      throw new Error(`the login service ended before it listened:\n${output.join("")}`);
    })();
    this.#port = await Promise.race([listening, failed]);
    this.#process.stdout.resume();
  }

  /** Ends it as a power cut would. */
  async kill() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill("SIGKILL");
    await once(this.#process, "exit");
  }

  get port() {
    return this.#port;
  }

  /** An address of it. `localhost` is a secure context, and the name in the messages. */
  url(path) {
    return `http://localhost:${this.#relay ?? this.#port}${path}`;
  }

  /** The content of the demo's phone: `{ messages, apps, notes }`, messages oldest first. */
  async phone() {
    return (await fetch(this.url("/outbox.json"))).json();
  }

  /** The code in the newest message to a user. */
  async code(user = "hanako") {
    const { messages } = await this.phone();
    const text = messages.filter((message) => message.user === user).at(-1).text;
    return text.match(/\b\d{6}\b/)[0];
  }

  /** Puts its clock forward. */
  async forward(milliseconds) {
    const answer = await fetch(this.url("/test/clock"), {
      method: "POST", body: new URLSearchParams({ milliseconds }),
    });
    if (!answer.ok) throw new Error(`the test clock answered ${answer.status}: ${await answer.text()}`);
  }
}

/** A port at which the service answers with the engine's listener in its pages. */
async function relay(t, demo) {
  const server = createSite((near, answer) => {
    if (near.url === "/listen.js") return answer.writeHead(200, { "content-type": "text/javascript" }).end(LISTENER);
    const { "accept-encoding": _, ...headers } = near.headers;
    const far = request({ host: "127.0.0.1", port: demo.port, method: near.method, path: near.url, headers }, async (got) => {
      const { "content-length": _, ...headers } = got.headers;
      const isPage = headers["content-type"]?.startsWith("text/html");
      const body = Buffer.from(await new Response(Readable.toWeb(got)).arrayBuffer());
      answer.writeHead(got.statusCode, headers).end(isPage ? withListener(body) : body);
    });
    far.on("error", () => answer.destroy());
    near.pipe(far);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return server.address().port;
}

/**
 * A wire between the browser and the service that can be cut: `cut(when)` ends the service and the
 * connection at a post of the code, "before" it reaches the service or "after" its answer was made.
 */
export class Wire {
  #server;
  #when;
  #demo;

  static async to(t, demo) {
    const wire = new Wire();
    wire.#demo = demo;
    wire.#server = createServer((near) => wire.#join(near)).listen(0, "127.0.0.1");
    await once(wire.#server, "listening");
    t.after(() => wire.#server.close());
    return wire;
  }

  url(path) {
    return `http://localhost:${this.#server.address().port}${path}`;
  }

  cut(when) {
    this.#when = when;
  }

  #join(near) {
    const far = createConnection(this.#demo.port, "127.0.0.1");
    let posting = false;
    const end = () => {
      near.destroy();
      far.destroy();
    };
    near.on("data", async (data) => {
      posting ||= data.includes("POST /login/code ");
      if (posting && this.#when === "before") {
        this.#when = undefined;
        await this.#demo.kill();
        end();
      } else {
        far.write(data);
      }
    });
    far.on("data", async (data) => {
      if (posting && this.#when === "after") {
        this.#when = undefined;
        end();
        await this.#demo.kill();
      } else {
        near.write(data);
      }
    });
    near.on("close", end).on("error", end);
    far.on("close", end).on("error", end);
  }
}
