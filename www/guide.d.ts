// Types of `todoita/guide`, which registers <todoita-guide>: the way from "no code comes" to "I am in".

import type { SignInAttributes } from "./element.js";

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

/** Attributes of the guide: all optional, on <todoita-code> or on a guide without a field. */
export interface GuideFacts {
  /** Your name. */
  site?: string;
  /** Your host. */
  domain?: string;
  /** The name that your messages come from. */
  sender?: string;
  "support-hours"?: string;
  "support-answer"?: string;
  /** Whom to call at once. */
  urgent?: string;
  /** Codes are delayed on your side just now; its value, if any, is the first notice. */
  incident?: boolean | string;
  purpose?: "sign-in" | "registration";
  /** A number that gets no text messages. */
  "number-kind"?: "landline";
  /** How many codes were sent again in this sign-in. */
  resends?: number | string;
  /** Address: your own notices of outages. */
  notice?: string;
  /** Address: a forgotten password. */
  reset?: string;
  /** Address: a linked account. */
  linked?: string;
  /** Address: a security key. */
  "security-key"?: string;
  /** Address of a JSON file that is laid over the guide's words. */
  "guide-words"?: string;
}

/** The attributes of a <todoita-guide> without a field. */
export interface TodoitaGuideAttributes extends SignInAttributes, GuideFacts {
  /** Default `"generic"`. */
  profile?: Profile;
  digits?: number | string;
  backup?: "digits" | "alphanumeric" | "none";
  "backup-digits"?: number | string;
  /** Other methods, separated by spaces: any of `sms voice email app backup`. */
  alternatives?: string;
  /** Address of a page for those who cannot go on. */
  support?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "todoita-guide": TodoitaGuideElement;
  }
  interface HTMLElementEventMap extends TodoitaGuideEventMap {}
  interface DocumentEventMap extends TodoitaGuideEventMap {}
}
