import { testFamily } from "./table.mjs";

testFamily("Scripts of the site");
