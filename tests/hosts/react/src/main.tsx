// For the tests: the field with another destination, removed and inserted again; by `vite build --mode sign-in` a form of
// sign-in by its name.
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { Code } from "./Code";

function App() {
  const [destination, setDestination] = useState("5678");
  const [shown, setShown] = useState(true);
  const [kind, setKind] = useState<string | null>(null);
  return (
    <>
      {shown && <Code destination={destination} attemptsLeft={8} onKind={setKind} />}
      <button id="change" onClick={() => setDestination("4321")}>change</button>
      <button id="away" onClick={() => setShown(!shown)}>away</button>
      <output>{kind}</output>
    </>
  );
}

async function chosen() {
  if (import.meta.env.MODE === "production") return App;
  const forms = await import("./sign-in/forms");
  return Object.entries(forms).find(([name]) => name === location.search.slice(1))?.[1] ?? App;
}

const Page = await chosen();
const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><Page /></StrictMode>);
