// Types of the elements in Vue's templates: `import type {} from "todoita/vue"`, once in a project.

import type { EmitFn, HTMLAttributes, PublicProps } from "vue";

import type { TodoitaCodeAttributes, TodoitaCodeElement, TodoitaEventMap } from "./element.js";
import type { TodoitaGuideAttributes, TodoitaGuideElement, TodoitaGuideEventMap } from "./guide.js";

/** How Vue is told of an element that is not its own. */
type Told<E extends HTMLElement, Attributes, Events> = new () => E & {
  $props: HTMLAttributes & Attributes & PublicProps;
  $emit: EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
};

declare module "vue" {
  interface GlobalComponents {
    "todoita-code": Told<TodoitaCodeElement, TodoitaCodeAttributes, TodoitaEventMap & TodoitaGuideEventMap>;
    "todoita-guide": Told<TodoitaGuideElement, TodoitaGuideAttributes, TodoitaGuideEventMap>;
  }
}
