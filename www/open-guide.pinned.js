// As open-guide.js, in the one file to drop in: the guide's file is fetched by its hash, so that an
// `integrity` on that one file covers this code too. `import()` takes no hash; a script element does.
import { guide, integrity } from "./dist/guide-file.js";

let policy;

/** Under Trusted Types a script's address is a decision: this one, and no other. A page has one policy of a name. */
const address = () => {
  const { trustedTypes } = window;
  if (!trustedTypes) return guide.href;
  policy ??= trustedTypes.createPolicy("todoita", { createScriptURL: () => guide.href });
  return policy.createScriptURL("");
};

let opened;

/** Resolves when <todoita-guide> is registered; a lost file is fetched again on the next call. */
export const openGuide = () =>
  (opened ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.type = "module";
    script.crossOrigin = "anonymous";
    script.integrity = integrity;
    // For a policy that allows scripts by nonces alone.
    script.nonce = document.querySelector("script[nonce]")?.nonce;
    script.onload = done;
    script.onerror = failed;
    script.src = address();
    document.head.append(script);
  }).catch((error) => {
    opened = undefined;
    // A page remembers a failed script by its whole address, so the next one gets another fragment.
    guide.hash += 1;
    throw error;
  }));
