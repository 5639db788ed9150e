// The tests of a store of `todoita/server` in a database, by two processes at the same time.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

/** Posts at once: half of them from each process. */
const POSTS = 200;

/** Runs a command of store-program.mjs in the folder of a host, with the store of that name; gives its result. */
export async function program(folder, node, name, env, ...args) {
  const options = { cwd: folder, env: { ...process.env, NODE_NO_WARNINGS: "1", ...env }, timeout: 60_000 };
  const { stdout } = await promisify(execFile)(node, ["store-program.mjs", name, ...args.map(String)], options);
  return JSON.parse(stdout);
}

/** The tests of a store; `run` runs a command in a process of its own. */
export function ofTwoProcesses(run) {
  test("keeps the promises of its type", () => run("promises"));

  test("two processes that change the same records lose nothing and do not wait for each other for ever", async () => {
    await Promise.all([run("count", 40), run("count", 40)]);
    assert.deepEqual(await run("count", 1), ["81", "81"]);
  });

  test("of two hundred posts at once exactly one is accepted, and every guess is counted", async () => {
    const [signIn, code] = await run("begin");
    const guesses = await Promise.all([run("guess", 10, signIn, code), run("guess", 10, signIn, code)]);
    // Each process sees its own and, between the count and the answer, some of the other's.
    assert.equal(Math.min(...guesses.flat()), 980);
    const causes = (await Promise.all([run("post", POSTS / 2, signIn, code), run("post", POSTS / 2, signIn, code)])).flat();
    assert.equal(causes.length, POSTS);
    assert.equal(causes.filter((cause) => cause === "accepted").length, 1);
    assert.equal(causes.filter((cause) => cause === "used").length, POSTS - 1);
  });
}
