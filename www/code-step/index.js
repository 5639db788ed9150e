// `todoita/server`: the code step of a sign-in, for any server.
export { createCodeStep } from "./step.js";
export { memoryStore } from "./memory-store.js";
export { postgresStore } from "./postgres-store.js";
export { sqliteStore } from "./sqlite-store.js";
