import { testFamily } from "./table.mjs";

testFamily("Attributes");
