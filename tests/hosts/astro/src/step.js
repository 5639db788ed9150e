// Your code step. Here the posted code decides the outcome.
import { ScriptedStep } from "../scripted.mjs";

export const step = new ScriptedStep();
