// For the tests: anything at all, given to every function.
import * as todoita from "todoita/node";
import * as core from "todoita/core";
import { tryAll } from "./junk.mjs";

const { defects, count } = tryAll(todoita);
console.log(JSON.stringify({ defects, count, secret: todoita.newSecret().length, same: core.readCode === todoita.readCode }));
