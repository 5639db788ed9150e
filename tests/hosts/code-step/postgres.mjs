import pg from "pg";
import { postgresStore } from "todoita/server";

export const store = postgresStore(new pg.Pool()); // by the variables PGHOST, PGUSER, PGDATABASE, …
