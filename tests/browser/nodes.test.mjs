// Two nodes of the login service with one PostgreSQL database behind a proxy: `cargo xtask demo --postgres`.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { browser, close } from "./engines.mjs";
import { Login, eventually } from "./pages.mjs";

after(close);

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/xtask");

/** The demo's proxy and its nodes. */
class Nodes {
  #origin;
  /** The process of each node. */
  #pids = [];

  static async start(t) {
    const nodes = new Nodes();
    const program = spawn(PROGRAM, ["demo", "--postgres", "--no-build", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(program, "exit");
    t.after(async () => {
      program.kill("SIGINT");
      await ended;
    });
    for await (const line of createInterface({ input: program.stdout })) {
      const pid = line.match(/\(process (\d+)\)/)?.[1];
      if (pid) nodes.#pids.push(Number(pid));
      nodes.#origin = line.match(/both: +(http:\/\/127\.0\.0\.1:\d+)/)?.[1];
      if (nodes.#origin) break;
    }
    assert.ok(nodes.#origin, "the nodes have started");
    program.stdout.resume();
    return nodes;
  }

  url(path) {
    return `${this.#origin}${path}`;
  }

  /** Ends a node as a power cut would. */
  kill(number) {
    process.kill(this.#pids[number - 1], "SIGKILL");
  }

  /** The code in the newest message to a user, as the phone at any node shows it. */
  async code(user) {
    const { messages } = await (await fetch(this.url("/outbox.json"))).json();
    const text = messages.filter((message) => message.user === user).at(-1).text;
    return text.match(/\b\d{6}\b/)[0];
  }
}

test("a person signs in while a node crashes", async (t) => {
  const nodes = await Nodes.start(t);
  const session = await browser(t);
  const login = new Login(session, nodes);
  const field = await login.password();
  await field.alive();
  const code = await nodes.code("hanako");
  nodes.kill(1);
  await field.type(code);
  // A post that the node took with it keeps the code: it is sent again with the same idempotency key.
  await eventually(async () => {
    if ((await field.state().catch(() => null)) !== "busy") await field.press("enter").catch(() => {});
    return session.url();
  }, (url) => !url.endsWith("/login/code"));
  await login.isIn();
});
