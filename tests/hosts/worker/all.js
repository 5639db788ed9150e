// For the tests: anything at all, given to every function.
import * as todoita from "todoita/node";
import * as core from "todoita/core";
import { tryAll } from "./junk.mjs";

export default {
  fetch() {
    const { faults, count } = tryAll(todoita);
    return Response.json({ faults, count, secret: todoita.newSecret().length, same: core.readCode === todoita.readCode });
  },
};
