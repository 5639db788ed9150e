import { readCode } from "todoita/node";
import { check } from "./sign-in.js";

export default {
  async fetch(request) {
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const given = (await request.formData()).get("code");
    // Without JavaScript in the page, it is what the person typed: a whole message, perhaps.
    const { kind, digits } = typeof given === "string" && given.length < 10_000 ? readCode(given) : { kind: null };
    const accepted = await check(kind, digits);
    return new Response(null, { status: 303, headers: { location: accepted ? "/in" : "/?cause=wrong" } });
  },
};
