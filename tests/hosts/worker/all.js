// For the tests: anything at all, given to every function.
import * as todoita from "todoita/node";
import * as core from "todoita/core";
import { tryAll } from "./junk.mjs";

export default {
  fetch() {
    const { defects, count } = tryAll(todoita);
    return Response.json({ defects, count, secret: todoita.newSecret().length, same: core.readCode === todoita.readCode });
  },
};
