import { outbox } from "../step.mjs";

export default defineEventHandler(() => outbox);
