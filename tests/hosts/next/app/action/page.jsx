import { ScriptedStep } from "../../scripted.mjs";
import { CodeForm } from "./form";

export const dynamic = "force-dynamic";

export default function Page() {
  return <CodeForm first={new ScriptedStep().facts} />;
}
