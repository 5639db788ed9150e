import { DatabaseSync } from "node:sqlite";
import { sqliteStore } from "todoita/server";

const database = new DatabaseSync(process.env.CODE_STEP_DATABASE);

export const store = sqliteStore(database);
