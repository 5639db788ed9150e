import Database from "better-sqlite3";
import { sqliteStore } from "todoita/server";

const database = new Database(process.env.CODE_STEP_DATABASE);

export const store = sqliteStore(database);
