import { testFamily } from "./table.mjs";

testFamily("Rails");
