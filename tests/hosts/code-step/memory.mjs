import { memoryStore } from "todoita/server";

export const store = memoryStore();
