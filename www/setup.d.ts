// Types of `todoita/setup`, which registers <todoita-setup>, <todoita-backup-codes> and <todoita-phone>: two-step
// verification is set up.

import type { Instant } from "./element.js";

/** An authenticator app, around the site's own input, which takes the first code. */
export declare class TodoitaSetupElement extends HTMLElement {}

/** Backup codes that are shown once, around the site's own list. */
export declare class TodoitaBackupCodesElement extends HTMLElement {}

/** The phone number that will receive codes, around the site's own input. */
export declare class TodoitaPhoneElement extends HTMLElement {}

/** The event of <todoita-setup>. It bubbles and is composed, and carries no code. */
export interface TodoitaSetupEventMap {
  /**
   * The first code was compared with the key: `ok` if it is right now. `drift`: by how many minutes the authenticator's clock is
   * fast, negative if it is slow; `null` if unknown.
   */
  "todoita-checked": CustomEvent<{ ok: boolean; drift: number | null }>;
}

/** The attributes of <todoita-setup>. */
export interface TodoitaSetupAttributes {
  /** The key URI: `otpauth://totp/…` or `otpauth://hotp/…`, SHA-1. Removed with the element, for it contains the secret. */
  uri: string;
  /** The server's time when it made the page. Without it a difference of clocks blames neither. */
  now?: Instant;
  /** Names of apps, separated by commas. */
  apps?: string;
  /** Address of a page for those who cannot go on. */
  support?: string;
  /** Address of a JSON file with sentences of your own. */
  words?: string;
}

/** The attributes of <todoita-backup-codes>. */
export interface TodoitaBackupCodesAttributes {
  /** The service's name, for the file. Default: the host. */
  service?: string;
  /** The account's name, for the file. */
  account?: string;
  /** When the codes were made, for the file. Default: now. */
  made?: Instant;
  /** The `id` of the form that requires the box "I have saved the codes". Default: the form around the element. */
  form?: string;
  /** Address of a JSON file with sentences of your own. */
  words?: string;
}

/** The attributes of <todoita-phone>. */
export interface TodoitaPhoneAttributes {
  /** The name under which the number is posted in E.164. Default: the input's with `-e164`. */
  "e164-name"?: string;
  /** How codes will be sent. A landline can receive a call. Default `"sms"`. */
  channel?: "sms" | "voice";
  /** Address of a JSON file with sentences of your own. */
  words?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "todoita-setup": TodoitaSetupElement;
    "todoita-backup-codes": TodoitaBackupCodesElement;
    "todoita-phone": TodoitaPhoneElement;
  }
  interface HTMLElementEventMap extends TodoitaSetupEventMap {}
  interface DocumentEventMap extends TodoitaSetupEventMap {}
}
