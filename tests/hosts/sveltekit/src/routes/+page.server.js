import { fail, redirect } from "@sveltejs/kit";
import { step } from "../step.js";

export const load = () => step.facts;

export const actions = {
  async default({ request }) {
    if (step.post(Object.fromEntries(await request.formData()))) redirect(303, "/in");
    return step.facts.cause ? fail(422, step.facts) : step.facts;
  },
};
