// Types of the elements in Svelte 5's templates: `import type {} from "todoita/svelte"`, once in a project.

import type { HTMLAttributes } from "svelte/elements";

import type { Handlers, TodoitaCodeAttributes, TodoitaCodeElement, TodoitaEventMap } from "./element.js";
import type { TodoitaGuideAttributes, TodoitaGuideElement, TodoitaGuideEventMap } from "./guide.js";
import type {
  TodoitaBackupCodesAttributes,
  TodoitaBackupCodesElement,
  TodoitaPhoneAttributes,
  TodoitaPhoneElement,
  TodoitaSetupAttributes,
  TodoitaSetupElement,
  TodoitaSetupEventMap,
} from "./setup.js";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "todoita-code": HTMLAttributes<TodoitaCodeElement> &
      TodoitaCodeAttributes &
      Handlers<TodoitaEventMap & TodoitaGuideEventMap>;
    "todoita-guide": HTMLAttributes<TodoitaGuideElement> & TodoitaGuideAttributes & Handlers<TodoitaGuideEventMap>;
    "todoita-setup": HTMLAttributes<TodoitaSetupElement> & TodoitaSetupAttributes & Handlers<TodoitaSetupEventMap>;
    "todoita-backup-codes": HTMLAttributes<TodoitaBackupCodesElement> & TodoitaBackupCodesAttributes;
    "todoita-phone": HTMLAttributes<TodoitaPhoneElement> & TodoitaPhoneAttributes;
  }
}
