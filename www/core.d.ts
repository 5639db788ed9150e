// Types of `todoita/core` and `todoita/node`.
//
// An invalid argument is a TypeError (of another type) or a RangeError (outside its range) whose message begins with
// the argument's name. No message quotes a secret or a code.

/** Raw bytes (16 to 128), or base32: case, spaces, hyphens and padding do not matter. */
export type Secret = Uint8Array | string;

/** A counter: a bigint from 0 to 2^64-1, or a safe integer. */
export type Counter = bigint | number;

/** How many digits a code has. */
export type Digits = 6 | 7 | 8;

/** A change that was made to arrive at the digits; a list of them is in this order. */
export type Fix = "message" | "full-width" | "other-digits" | "look-alike" | "separators" | "invisible";

/** Why no code was read. */
export type Problem =
  | "empty"
  | "too-few"
  | "too-many"
  | "phone-number"
  | "date"
  | "password"
  | "ambiguous"
  | "other-site"
  | "no-code";

export interface ReadCodeOptions {
  /** Characters of a code that was sent or that an authenticator shows, 4 to 10. Default 6. */
  digits?: number;
  /** Those characters. With `"alphanumeric"` case is kept, and no look-alike is replaced. Default `"digits"`. */
  code?: "digits" | "alphanumeric";
  /** The characters of backup codes. Default: those of `backupFormat`, or `"digits"`. */
  backup?: "digits" | "alphanumeric" | "none";
  /** Characters of a backup code, 4 to 32. Default: those of `backupFormat`, or 8. */
  backupDigits?: number;
  /**
   * The shape in which a backup code is given out, whatever was typed: `"xxxx-xxxx-xxxx"` (letters and digits) or
   * `"99999-99999"` (digits), with single spaces or any of `- . _` between 4 to 32 places. Without it a backup code has
   * no separators.
   */
  backupFormat?: string;
  /** This site's host: a line bound to another one is `"other-site"`. Without it any bound line counts. */
  host?: string | null;
}

export type Reading =
  | { kind: "code" | "backup"; digits: string; fixes: Fix[]; problem: null }
  | { kind: null; digits: string; fixes: Fix[]; problem: Problem };

/**
 * Reads whatever was typed or pasted, a whole message included (at most 100,000 characters). If it would have to
 * guess, `kind` is null and `problem` is the reason.
 */
export function readCode(text: string, options?: ReadCodeOptions): Reading;

export interface ReadPhoneOptions {
  /** Whose numbers are read without a country code. Only `"JP"`. */
  region?: "JP";
}

/** A change that was made to arrive at the number; a list of them is in this order. */
export type PhoneFix =
  | "full-width"
  | "invisible"
  | "separators"
  /** 81, or an exit code and 81, was read as +81. */
  | "country-code"
  /** The + before a national number was dropped. */
  | "plus"
  /** The 0 between the country code and the number was dropped. */
  | "trunk-zero"
  /** The missing 0 before a national number was added. */
  | "missing-zero";

/** Why no number was read. */
export type PhoneProblem = "empty" | "not-a-number" | "too-short" | "too-long" | "unknown-prefix";

/** A number of Japan. Prefix and length decide the kind; whether it is assigned to anybody is not checked. */
export interface JapanesePhone {
  /** As it is dialled from anywhere: `+819012345678`. */
  e164: string;
  /** As it is dialled in Japan: `090-1234-5678`. Most landlines come without hyphens. */
  national: string;
  /** `machine`: 020; `free`: 0120 and 0800; `service`: 0570 and 0990; `voip`: 050. */
  kind: "mobile" | "landline" | "voip" | "machine" | "free" | "service";
  /** Whether such a number can receive an SMS. */
  sms: boolean;
  fixes: PhoneFix[];
}

/** A number of another country. Whether it can receive an SMS is unknown. */
export interface ForeignPhone {
  e164: string;
  national: null;
  kind: "foreign";
  sms: null;
  fixes: PhoneFix[];
}

/**
 * Reads a phone number as people write it (at most 100,000 characters). Numbers of Japan are read in every usual
 * notation; one of another country only with `+` or after 010, and it is only converted to E.164.
 */
export function readPhone(
  text: string,
  options?: ReadPhoneOptions,
): JapanesePhone | ForeignPhone | { problem: PhoneProblem };

/** The code of a counter (RFC 4226). */
export function hotp(secret: Secret, counter: Counter, digits?: Digits): string;

export interface TotpOptions {
  /** Default 6. */
  digits?: Digits;
  /** Seconds of a time step, 1 to 86400. Default 30. */
  period?: number;
}

/** The code at a time (RFC 6238, SHA-1). `time`: a Date, or milliseconds since 1970. */
export function totp(secret: Secret, time: Date | number, options?: TotpOptions): string;

export interface VerifyTotpOptions extends TotpOptions {
  /** Steps of drift allowed either way, 0 to 10. Default 1. Every step is two more codes that a guess may match. */
  window?: number;
  /** The step that was returned when a code of this secret was last accepted, at enrolment too. */
  lastStep?: number | bigint | null;
}

export type TotpVerdict =
  | {
      ok: true;
      /** The accepted step: store it, on the condition that the stored one is still lower. */
      step: number;
    }
  | {
      ok: false;
      /**
       * `"used"`: the code is right, but for no step later than `lastStep`. It reveals that the code was right:
       * report it only to the sign-in that consumed the code, and `"wrong"` to every other.
       */
      cause: "wrong" | "used";
    };

/**
 * Verifies a code that `readCode` has read: exactly as many ASCII digits, or it is wrong. `time` is the
 * server's own. A code of two neighbouring steps counts as the lower unused one.
 */
export function verifyTotp(
  secret: Secret,
  code: string,
  time: Date | number,
  options?: VerifyTotpOptions,
): TotpVerdict;

export interface VerifyHotpOptions {
  /** Default 6. */
  digits?: Digits;
  /** How many counters beyond the expected one are tried too, 0 to 100. Default 10. */
  lookAhead?: number;
}

export type HotpVerdict =
  | {
      ok: true;
      /** The counter of the accepted code. */
      counter: bigint;
      /** The counter to expect from now on: store it before anything is granted. Null after 2^64-1. */
      next: bigint | null;
    }
  | { ok: false; cause: "wrong" };

/** Verifies a code against `counter`, the one expected next, and those ahead of it, never earlier ones. */
export function verifyHotp(
  secret: Secret,
  code: string,
  counter: Counter,
  options?: VerifyHotpOptions,
): HotpVerdict;

export interface ResyncHotpOptions {
  /** Default 6. */
  digits?: Digits;
  /** How many counters beyond the expected one the first code may be, 0 to 1000. Default 100. */
  lookAhead?: number;
}

/**
 * Finds a token that ran further ahead than `verifyHotp` looks, by two codes in a row (RFC 4226, 7.4).
 * The accepted counter is that of the second. Count a failure as a wrong code.
 */
export function resyncHotp(
  secret: Secret,
  first: string,
  second: string,
  counter: Counter,
  options?: ResyncHotpOptions,
): HotpVerdict;

/**
 * 20 bytes (160 bits) from the system's random source: encrypt them, store them, and show them with `keyUri`. For a
 * person who types the secret, show `readKeyUri(uri).secret`.
 */
export function newSecret(): Uint8Array;

interface KeyOf<S> {
  secret: S;
  /** Whose codes they are: `hana@example.com`. No colon. */
  account: string;
}

/** The argument of `keyUri`. */
export type Key = KeyOf<Secret> & {
  /** Who issues the codes: `Example`. No colon. */
  issuer?: string | null;
  /** Default 6. */
  digits?: Digits;
  /** Only `"SHA1"`. */
  algorithm?: "SHA1";
} & (
    | { type?: "totp"; /** Seconds of a time step. Default 30. */ period?: number }
    | { type: "hotp"; /** The counter of the next code. */ counter: Counter }
  );

/** A key URI (`otpauth://…`), to be shown as a QR code. It holds the secret: keep it out of logs. */
export function keyUri(key: Key): string;

/** The result of `readKeyUri`; `keyUri` accepts it. `secret` is base32. */
export type ReadKey = KeyOf<string> & {
  issuer: string | null;
  digits: Digits;
  algorithm: "SHA1";
} & ({ type: "totp"; period: number } | { type: "hotp"; counter: bigint });

/** Reads a key URI. The message of the RangeError says what is wrong and how to correct it. */
export function readKeyUri(text: string): ReadKey;
