import { TodoitaCodeElement } from "todoita/element";

window.is = [typeof TodoitaCodeElement, customElements.get("todoita-code") !== undefined];
