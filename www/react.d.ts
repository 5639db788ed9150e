// Types of the elements in JSX, for React 19: `import type {} from "todoita/react"`, once in a project.

import type { DetailedHTMLProps, HTMLAttributes } from "react";

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

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "todoita-code": DetailedHTMLProps<HTMLAttributes<TodoitaCodeElement>, TodoitaCodeElement> &
        TodoitaCodeAttributes &
        Handlers<TodoitaEventMap & TodoitaGuideEventMap>;
      "todoita-guide": DetailedHTMLProps<HTMLAttributes<TodoitaGuideElement>, TodoitaGuideElement> &
        TodoitaGuideAttributes &
        Handlers<TodoitaGuideEventMap>;
      "todoita-setup": DetailedHTMLProps<HTMLAttributes<TodoitaSetupElement>, TodoitaSetupElement> &
        TodoitaSetupAttributes &
        Handlers<TodoitaSetupEventMap>;
      "todoita-backup-codes": DetailedHTMLProps<HTMLAttributes<TodoitaBackupCodesElement>, TodoitaBackupCodesElement> &
        TodoitaBackupCodesAttributes;
      "todoita-phone": DetailedHTMLProps<HTMLAttributes<TodoitaPhoneElement>, TodoitaPhoneElement> & TodoitaPhoneAttributes;
    }
  }
}
