import { testFamily } from "./table.mjs";

testFamily("WordPress, Laravel and other PHP");
