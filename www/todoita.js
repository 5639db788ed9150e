// The file to drop in: it registers the element. Nothing else happens on import.
import { TodoitaCodeElement } from "./element.js";

// A second copy on the page leaves the first one in charge.
if (!customElements.get("todoita-code")) customElements.define("todoita-code", TodoitaCodeElement);

export { TodoitaCodeElement };
