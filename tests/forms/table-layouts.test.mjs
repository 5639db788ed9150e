import { testFamily } from "./table.mjs";

testFamily("Layouts");
