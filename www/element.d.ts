// Types of `todoita/element`, and of `todoita`, which registers the element as <todoita-code>.

/** How a code reaches the person. */
export type Channel = "sms" | "voice" | "email" | "app" | "backup";

/** Why a code was refused. A word that is none of these counts as `"unknown"`. */
export type Cause = "wrong" | "expired" | "used" | "locked" | "limited" | "unknown";

/** An instant by the server's clock: RFC 3339 text, or milliseconds since 1970. */
export type Instant = string | number;

/** What a server says about a sign-in, as in its JSON. What is left out goes on; a wait that is left out is over. */
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
  /** Fresh values for hidden inputs of the form, by name. */
  fields?: Record<string, string>;
}

/** A refusal. */
export interface Refusal extends Answer {
  /** Default `"unknown"`. */
  cause?: Cause;
}

/** The element around a page's own label, input and button. */
export declare class TodoitaCodeElement extends HTMLElement {
  static readonly observedAttributes: string[];

  /**
   * Says that the person is in: for a site that cancelled `todoita-submit`. `location` is followed if it is
   * http(s) on this origin.
   */
  accepted(location?: string): void;

  /** Says that the code was refused. */
  refused(answer?: Refusal): void;

  /** Says that a code was sent, or that another way was taken. */
  sent(answer?: Answer): void;
}

/** Which code stands in the field. */
export type CodeKind = "code" | "backup";

/** The element's events. All bubble and are composed. */
export interface TodoitaEventMap {
  /**
   * The form is about to go: with a code, or with one of the element's buttons (`todoita-action`). The one
   * event that carries the code. Cancel it to send it yourself, then call `accepted`, `refused` or `sent`.
   */
  "todoita-submit": CustomEvent<{ formData: FormData }>;
  /** The text changed; it reads as this kind of code, or as none. */
  "todoita-input": CustomEvent<{ kind: CodeKind | null }>;
  /** A whole code stands in the field; told once for each. */
  "todoita-complete": CustomEvent<{ kind: CodeKind }>;
  "todoita-accepted": CustomEvent<Record<string, never>>;
  "todoita-refused": CustomEvent<{ cause: Cause }>;
  /** The widget could not start; the form stays as the page made it. */
  "todoita-unavailable": CustomEvent<Record<string, never>>;
}

declare global {
  interface HTMLElementTagNameMap {
    "todoita-code": TodoitaCodeElement;
  }
  interface HTMLElementEventMap extends TodoitaEventMap {}
  interface DocumentEventMap extends TodoitaEventMap {}
}
