import { ScriptedStep } from "./scripted.mjs";

/** Your code step. For the tests: one that begins again with each start of the server. */
export const step = new ScriptedStep();
