// Types of `todoita/guide`, which registers <todoita-guide>: the way from "no code comes" to "I am in".

/** Whose guide it is: a login page's own, or that of a service whose menus it describes. */
export type Profile = "generic" | "instagram" | "twitter";

/** The guide. Inside <todoita-code> it reads that element's attributes; alone it reads its own. */
export declare class TodoitaGuideElement extends HTMLElement {}

/** The guide's events. Both bubble and are composed; neither says anything about the person. */
export interface TodoitaGuideEventMap {
  /** A screen was shown. */
  "todoita-step": CustomEvent<{ profile: Profile; screen: string }>;
  /** A remedy ended: `outcome` is the answer that was pressed, or the way that was taken. */
  "todoita-remedy": CustomEvent<{ profile: Profile; remedy: string; outcome: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "todoita-guide": TodoitaGuideElement;
  }
  interface HTMLElementEventMap extends TodoitaGuideEventMap {}
  interface DocumentEventMap extends TodoitaGuideEventMap {}
}
