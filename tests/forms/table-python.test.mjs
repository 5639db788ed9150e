import { testFamily } from "./table.mjs";

testFamily("Django and Flask");
