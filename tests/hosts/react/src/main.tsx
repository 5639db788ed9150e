// For the tests: another destination, the field removed and inserted again.
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

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
