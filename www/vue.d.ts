// Types of the elements in Vue's templates: `import type {} from "todoita/vue"`, once in a project.

import type { EmitFn, HTMLAttributes, PublicProps } from "vue";

import type { TodoitaCodeAttributes, TodoitaCodeElement, TodoitaEventMap } from "./element.js";
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

/** The type by which Vue knows a custom element. */
type CustomElement<E extends HTMLElement, Attributes, Events> = new () => E & {
  $props: HTMLAttributes & Attributes & PublicProps;
  $emit: EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
};

declare module "vue" {
  interface GlobalComponents {
    "todoita-code": CustomElement<TodoitaCodeElement, TodoitaCodeAttributes, TodoitaEventMap & TodoitaGuideEventMap>;
    "todoita-guide": CustomElement<TodoitaGuideElement, TodoitaGuideAttributes, TodoitaGuideEventMap>;
    "todoita-setup": CustomElement<TodoitaSetupElement, TodoitaSetupAttributes, TodoitaSetupEventMap>;
    "todoita-backup-codes": CustomElement<TodoitaBackupCodesElement, TodoitaBackupCodesAttributes, Record<never, never>>;
    "todoita-phone": CustomElement<TodoitaPhoneElement, TodoitaPhoneAttributes, Record<never, never>>;
  }
}
