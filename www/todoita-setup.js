// Registers the set-up elements. Nothing else happens on import.
import { TodoitaBackupCodesElement, TodoitaPhoneElement, TodoitaSetupElement } from "./setup.js";

// A second copy on the page leaves the first one in charge.
const define = (name, element) => customElements.get(name) ?? customElements.define(name, element);
define("todoita-setup", TodoitaSetupElement);
define("todoita-backup-codes", TodoitaBackupCodesElement);
define("todoita-phone", TodoitaPhoneElement);

export { TodoitaBackupCodesElement, TodoitaPhoneElement, TodoitaSetupElement };
