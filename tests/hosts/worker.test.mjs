// A worker: no file system, no WebAssembly compiled at run time. The runtime is workerd, which npm carries.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { MESSAGE, host, run } from "./hosts.mjs";

/** Starts the runtime; gives the ports of its two workers, which it reports on a separate channel. */
async function serve(t) {
  const folder = host("worker");
  copyFileSync(new URL("../package/junk.mjs", import.meta.url), join(folder, "junk.mjs"));
  run(folder, "npm", "run", "build");
  const program = join(folder, `node_modules/@cloudflare/workerd-${process.platform}-${process.arch === "x64" ? "64" : process.arch}/bin/workerd`);
  const running = spawn(program, ["serve", "worker.capnp", "--control-fd=3"], { cwd: folder, stdio: ["ignore", "inherit", "inherit", "pipe"] });
  t.after(async () => {
    const ended = once(running, "exit");
    running.kill();
    await ended;
  });
  const ports = {};
  for await (const line of createInterface({ input: running.stdio[3] })) {
    const { event, socket, port } = JSON.parse(line);
    if (event === "listen") ports[socket] = port;
    if (ports.main && ports.all) return ports;
  }
  throw new Error("workerd ended before it listened");
}

test("a worker reads a posted message, and answers anything or refuses it by name", async (t) => {
  const { main, all } = await serve(t);
  const post = (code) => fetch(`http://127.0.0.1:${main}/login/code`, { method: "POST", body: new URLSearchParams({ code }), redirect: "manual" });
  const answers = await Promise.all([post(MESSAGE), post("482914"), post("1".repeat(200_000))]);
  assert.deepEqual(answers.map(({ status, headers }) => [status, headers.get("location")]), [[303, "/in"], [303, "/?cause=wrong"], [303, "/?cause=wrong"]]);

  const { defects, count, secret, same, accepted } = await (await fetch(`http://127.0.0.1:${all}/`)).json();
  assert.deepEqual({ defects, secret, same }, { defects: [], secret: 20, same: true });
  assert.ok(count > 2000, `${count} calls`);
  assert.equal(accepted, true, "the code step of a sign-in");
});
