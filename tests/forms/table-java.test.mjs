import { testFamily } from "./table.mjs";

testFamily("Identity servers and others");
