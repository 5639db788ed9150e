// Registers <todoita-guide>. A field brings it in when it is opened; a page may have it alone.
import { TodoitaGuideElement } from "./guide.js";

if (!customElements.get("todoita-guide")) customElements.define("todoita-guide", TodoitaGuideElement);

export { TodoitaGuideElement };
