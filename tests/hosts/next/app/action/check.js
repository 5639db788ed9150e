"use server";

import { redirect } from "next/navigation";
import { step } from "../../step";

/** Takes the posted form; gives what the page has to state. */
export async function check(_facts, form) {
  if (step.post(Object.fromEntries(form))) redirect("/in");
  return step.facts;
}
