// Types of `todoita/element`, and of `todoita`, which registers the element as <todoita-code>.

import type { GuideFacts } from "./guide.js";

/** How a code reaches the person. */
export type Channel = "sms" | "voice" | "email" | "app" | "backup";

/** Why a code was refused. Any other word counts as `"unknown"`. */
export type Cause = "wrong" | "expired" | "used" | "exhausted" | "locked" | "limited" | "ended" | "unknown";

/** An instant by the server's clock: RFC 3339 text, or milliseconds since 1970. */
export type Instant = string | number;

/** Facts of a sign-in, as in a JSON answer. A missing member stays as it was; a missing `retryAt` ends the wait. */
export interface Answer {
  /** The server's time. The other instants mean nothing without it. */
  now?: Instant;
  channel?: Channel;
  /** Where the code went, masked: the last digits of a number, or an address such as `h***@example.com`. */
  destination?: string;
  sentAt?: Instant;
  expiresAt?: Instant;
  /** From when another code may be asked for. */
  resendAt?: Instant;
  /** Wrong tries that are left before the code step is locked. */
  attemptsLeft?: number;
  /** From when the next try counts. */
  retryAt?: Instant;
  /** After a refusal to send a code: the methods that work now. Until the next answer only these are offered. */
  open?: Channel[];
  /** Fresh values for hidden inputs of the form, by name. */
  fields?: Record<string, string>;
}

/** A refusal. */
export interface Refusal extends Answer {
  /** Default `"unknown"`. */
  cause?: Cause;
  /** With the cause `"ended"`: where the sign-in begins again, http(s) on this origin. Default: this page. */
  location?: string;
}

/** The element around a page's own label, input and button. */
export declare class TodoitaCodeElement extends HTMLElement {
  static readonly observedAttributes: string[];

  /**
   * The person is in: for a site that cancelled `todoita-submit`. `location` is followed if it is
   * http(s) on this origin.
   */
  accepted(location?: string): void;

  /** The code was refused. */
  refused(answer?: Refusal): void;

  /** A code was sent, or the method was changed. */
  sent(answer?: Answer): void;
}

/** The code in the field. */
export type CodeKind = "code" | "backup";

/** The element's events. All bubble and are composed. */
export interface TodoitaEventMap {
  /**
   * The form is about to go: with a code, or with one of the element's buttons (`todoita-action`). The one
   * event that carries the code. Cancel it to send it yourself, then call `accepted`, `refused` or `sent`.
   */
  "todoita-submit": CustomEvent<{
    formData: FormData;
    /** The kind of code; null for a button, or for a text that is no code. */
    kind: CodeKind | null;
    /** The value of the widget's button that was pressed, or null. */
    action: string | null;
  }>;
  /** The text changed: to this kind of code, or to no code. */
  "todoita-input": CustomEvent<{ kind: CodeKind | null }>;
  /** The text is a complete code; dispatched once for each. */
  "todoita-complete": CustomEvent<{ kind: CodeKind }>;
  "todoita-accepted": CustomEvent<Record<string, never>>;
  "todoita-refused": CustomEvent<{ cause: Cause }>;
  /** The widget could not start; the form stays as the page made it. */
  "todoita-unavailable": CustomEvent<Record<string, never>>;
}

/** Handlers by the names that JSX and Svelte give them: `ontodoita-submit`. */
export type Handlers<Events> = { [Name in keyof Events as `on${Name & string}`]?: (event: Events[Name]) => void };

/** Facts of a sign-in, in attributes. They may change while the page is open. */
export interface SignInAttributes {
  /** How the code came. */
  channel?: Channel;
  /** Where it went, masked: the last digits of a number, or an address such as `h***@example.com`. */
  destination?: string;
  /** The server's time when it made the page, as RFC 3339 text. The other instants mean nothing without it. */
  now?: string;
  "sent-at"?: string;
  "expires-at"?: string;
  /** From when another code may be asked for; its presence offers "Get a new code". */
  "resend-at"?: string;
  /** Wrong tries that are left. */
  "attempts-left"?: number | string;
  /** From when the next try counts. */
  "retry-at"?: string;
  /** Why the last try was refused. */
  cause?: Cause;
}

/** The attributes of <todoita-code>. */
export interface TodoitaCodeAttributes extends SignInAttributes, GuideFacts {
  /** Digits of a sent or app code. Default 6. */
  digits?: number | string;
  /** The alphabet of sent codes. With `"alphanumeric"` case is kept, and no look-alike is replaced. Default `"digits"`. */
  code?: "digits" | "alphanumeric";
  /** The alphabet of backup codes. Default `"digits"`. */
  backup?: "digits" | "alphanumeric" | "none";
  /** Characters of a backup code. Default 8. */
  "backup-digits"?: number | string;
  /** The shape of a backup code in place of the two before it: `xxxx-xxxx` for letters and digits, `9999-9999` for digits. */
  "backup-format"?: string;
  /** Other methods, separated by spaces: any of `sms voice email app backup`. */
  alternatives?: string;
  /** Address of a page for those who cannot go on. */
  support?: string;
  /** The name under which a backup code is posted. Default: the input's. */
  "backup-name"?: string;
  /** The address to which a backup code is posted. Default: the form's. */
  "backup-action"?: string;
  /** Submit by `fetch`, and read answers in JSON. */
  answers?: "json";
  /** Submit when a sent or app code is complete. */
  "auto-submit"?: boolean | "";
  /** Ask the browser for the code of a text message (WebOTP). */
  webotp?: boolean | "";
  /** Address of a JSON file with sentences of your own. */
  words?: string;
  /** Another code was just sent: the field reports it. */
  sent?: boolean | "";
  /** With `cause="ended"`: where the sign-in begins again. Default: this page. */
  location?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "todoita-code": TodoitaCodeElement;
  }
  interface HTMLElementEventMap extends TodoitaEventMap {}
  interface DocumentEventMap extends TodoitaEventMap {}
}
