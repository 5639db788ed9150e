// Types of `todoita/server`.
//
// Times are milliseconds since 1970. An invalid option is a TypeError (of another type) or a RangeError (outside its range)
// whose message begins with the option's name.

/** A channel by which a code is sent. */
export type SentChannel = "sms" | "voice" | "email";
/** A method by which an account can confirm a sign-in. */
export type Method = SentChannel | "app";
/** Why a code was refused, or not sent (docs/answers.md). */
export type Cause = "wrong" | "expired" | "used" | "locked" | "limited" | "ended" | "unknown";

/** Limits in place of the defaults (`Limits` in src/policy/limits.rs): counts, and durations in milliseconds. */
export interface Limits {
  /** How long a sent code is valid. Default ten minutes, the most that NIST SP 800-63B-4 and OWASP ASVS 6.5.5 allow. */
  codeLife?: number;
  /** How many of the newest codes stay valid. Default 2. */
  codesKept?: number;
  /** Failures without a wait. Default 4. */
  freeFailures?: number;
  /** The wait after the next failure; it doubles with each further one. Default 30 seconds. */
  firstWait?: number;
  /** Failures within `failuresWithin` that lock the code step for `lock`. Default 10. */
  failures?: number;
  /** The time over which failures are counted, at most 30 days. Default a day. */
  failuresWithin?: number;
  /** How long the code step stays locked, at most 30 days. Default an hour. */
  lock?: number;
  /** Failures that lock until the oldest of them is `failuresWithin` old. Default 20. */
  failuresPerDay?: number;
  /** The same over 30 days. Default 100 (NIST SP 800-63B-4, 3.2.2). */
  failuresPerMonth?: number;
  /** So many of `failuresPerDay` are kept for known places. Default 5. */
  failuresPerDayKept?: number;
  /** The same of `failuresPerMonth`. Default 20. */
  failuresPerMonthKept?: number;
  /** How long the next code on the same channel has to wait. Default 30 seconds. */
  resendAfter?: number;
  /** Codes sent to an account within `sendsWithin`. Default 7. */
  sends?: number;
  /** So many of `sends` are kept for known places. Default 2. */
  sendsKept?: number;
  /** To one destination, for all accounts. Default 10. */
  sendsPerDestination?: number;
  /** To a range of phone numbers (all but the last four digits). Default 100. */
  sendsPerPrefix?: number;
  /** From one address of IPv4 or one /64 of IPv6. Default 300. */
  sendsPerAddress?: number;
  /** From one /24 of IPv4 or one /48 of IPv6. Default 600. */
  sendsPerRange?: number;
  /** By SMS and calls, for all accounts: a budget, with an alarm. Default 1,000. */
  sendsPaid?: number;
  /** The time over which all sends are counted. Default an hour. */
  sendsWithin?: number;
}

/** A record to be stored: its text, and from when it may be deleted; null for never. */
export interface StoreRecord {
  text: string;
  expiresAt: number | null;
}

/** The result of a change: for each key the new record, or undefined to leave it as it is. */
export interface Change<R> {
  values: (StoreRecord | undefined)[];
  result?: R;
}

/**
 * Where a code step keeps its records. Every limit and every single use holds as well as `update` is atomic.
 */
export interface Store {
  /** The texts of records, in the order of `keys`; undefined for one that is not there. */
  read(keys: string[]): Promise<(string | undefined)[]>;
  /**
   * Reads records, calls `change` with their texts and stores what it gives, as one transaction: between the reading and
   * the commit nobody else changes any of these records, even one that is not there yet. When it returns, the change is
   * committed; if `change` throws, nothing is stored and the error is passed on. `change` does not wait and may be called
   * again with newer texts. `keys` has no key twice.
   */
  update<R>(keys: string[], change: (texts: (string | undefined)[]) => Change<R>): Promise<R | undefined>;
  /** Deletes the records that expired at `now` or before. */
  sweep(now: number): Promise<void>;
}

/** A store that ends with the process: for tests, and for a service of one process. */
export function memoryStore(): Store;

/** The part of a `DatabaseSync` of node:sqlite (Node 22.13) and of a `Database` of better-sqlite3 (12) that is used. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): { get(...values: any[]): unknown; run(...values: any[]): unknown };
}

/** A store in SQLite, in the table `todoita_code_step`, which it creates. No transaction may be open on the database. */
export function sqliteStore(database: SqliteDatabase): Store;

/** The part of a `Pool` of pg (8) that is used. */
export interface PostgresPool {
  query(sql: string, values?: any[]): Promise<{ rows: any[] }>;
  connect(): Promise<PostgresClient>;
}

/** The part of a `PoolClient` of pg that is used. */
export interface PostgresClient {
  query(sql: string, values?: any[]): Promise<{ rows: any[] }>;
  on(event: "error", listener: (error: any) => void): unknown;
  off(event: "error", listener: (error: any) => void): unknown;
  release(error?: any): void;
}

/** A store in PostgreSQL (12), in the table `todoita_code_step`, which it creates at its first use if it is not there. */
export function postgresStore(pool: PostgresPool): Store;

/** A code to be sent. */
export interface Message {
  account: string;
  channel: SentChannel;
  destination: string;
  /** The code. Log it nowhere. */
  code: string;
  /** How long it is valid. */
  minutes: number;
  /** The last line of an SMS, which binds the code to `host` (https://wicg.github.io/sms-one-time-codes/). */
  boundLine: string | undefined;
}

export interface CodeStepOptions {
  /**
   * 32 random bytes or more, kept outside the database: codes are stored as keyed hashes, secrets of authenticators are
   * encrypted. To replace a key, put the new one before it in a list; when the former one can go is in
   * docs/integrations/code-step.md.
   */
  key: Uint8Array | Uint8Array[];
  store: Store;
  /**
   * Sends a code, or puts it into a queue. The code is stored and counted before; if this throws, the call that asked for
   * the code throws the same error.
   */
  send(message: Message): Promise<void> | void;
  /**
   * Where an account's codes are sent: the object's own members. It is asked each time, since a code is worth nothing after its
   * destination has changed.
   */
  destinations?(account: string): Promise<Destinations> | Destinations;
  limits?: Limits;
  /** The server's time. Default `Date.now`. */
  clock?(): number | Date;
  /** The host of the login page: a message that is bound to another one is refused. */
  host?: string;
  /** The name of the input. Default `code`. */
  field?: string;
  /**
   * Reports what the operator of the service has to know, once an hour at most for each reason and process; if it throws, so does
   * the call. Default: a line by `console.error`.
   */
  alarm?(alarm: Alarm): Promise<void> | void;
}

export type Alarm =
  /** `limits.sendsPaid` is reached: no code by SMS or call is sent before `until`. */
  | { reason: "paid-limit"; until: number }
  /** The secret of an account's authenticator does not open: its key is not in `key`, or it was altered. */
  | { reason: "unopened-secret"; account: string };

export interface Destinations {
  sms?: string | null;
  voice?: string | null;
  email?: string | null;
}

export interface Place {
  /**
   * Whether the account has completed a sign-in from this network or browser before. A part of the limits is kept for such
   * places, so that guesses from elsewhere do not keep the owner out. Default false.
   */
  known?: boolean;
}

export interface Requester {
  /**
   * The client's address (IPv4 or IPv6, without a port). Sends are counted for it, an IPv6 address by its /64, and for its /24 or
   * /48. Without it these two limits do not count.
   */
  address?: string | undefined;
}

/** The posted fields: a framework's parsed body, `FormData` or `URLSearchParams`. Anything else is a form without a code. */
export type Fields = unknown;

export interface CodeStep {
  /**
   * Begins the code step after a correct password, and sends the first code if the method sends one. `signIn` is the value
   * of a cookie (`HttpOnly`, `SameSite=Lax`, `Secure`) for at most three hours.
   * @throws RangeError if the account has no method
   */
  begin(account: string, options?: Place & Requester & { channel?: Method }): Promise<{ signIn: string; answer: Answer }>;
  /** The facts of a sign-in, for its page; `ended` where there is none. `signIn`: the cookie's value, whatever it is. */
  status(signIn: unknown, options?: Requester): Promise<Answer>;
  /** Answers a post of the form: a code, or the action of a button. Never throws for what was posted. */
  post(signIn: unknown, fields: Fields, options?: Requester): Promise<Answer>;
  /** Proposes an authenticator for ten minutes, in the session of somebody whose code was accepted a moment ago. */
  enrol(account: string, options?: { issuer?: string; label?: string }): Promise<Enrolment>;
  /**
   * Takes the first code of the authenticator that was proposed in an enrolment; it replaces the former one, and every other
   * proposal ends. The same code posted again has the same outcome. A wrong code is a failure of the account. `ended`: there
   * is no such enrolment (any more).
   * @param enrolment `Enrolment.enrolment`, whatever it is
   */
  confirm(account: string, enrolment: unknown, text: unknown, options?: Place): Promise<Answer>;
  hasAuthenticator(account: string): Promise<boolean>;
  removeAuthenticator(account: string): Promise<void>;
  /** Encrypts the secret of an account's authenticator under the first key, if it has one. False where no key opens it. */
  rekey(account: string): Promise<boolean>;
  /** Ends a lock, for an operator: forgets the failures of an account. */
  unlock(account: string): Promise<void>;
  /** Deletes expired records; call it once an hour or so. */
  sweep(): Promise<void>;
}

/** A proposed authenticator. Log none of it. */
export interface Enrolment {
  /** The name of this proposal. Keep it in the session that asked for it, or in a cookie of its browser (`HttpOnly`, `Secure`). */
  enrolment: string;
  /** The key URI, for a QR code. */
  uri: string;
  /** The secret, to be typed. */
  typed: string;
}

export interface Facts {
  now: number;
  cause?: Cause;
  channel?: Method;
  destination?: string;
  sentAt?: number;
  expiresAt?: number;
  resendAt?: number;
  retryAt?: number;
  attemptsLeft?: number;
  /** The other methods of the account; where a code was not sent, those of them that work now. */
  alternatives?: Method[];
  /** Where a code was not sent: the methods that work now. */
  open?: Method[];
  resends?: number;
}

export interface ReplyOptions {
  /** The request's header `Accept`. */
  accept?: string | null | undefined;
  /** Where an accepted person goes. */
  location: string;
  /** Where a sign-in that is over starts again. */
  start?: string;
  /** The page of the code step; without it, every answer is JSON. */
  page?: (answer: Answer) => string;
}

export interface Answer {
  /** The account of the sign-in; undefined where there is none. */
  readonly account: string | undefined;
  /** Whether the person is in: begin the session now. */
  readonly accepted: boolean;
  /**
   * An id for the session of an accepted code: 64 hexadecimal digits, the same when the same post is repeated because its
   * answer was lost. Begin no second session for it, and none for one that has ended.
   */
  readonly session: string | undefined;
  readonly cause: Cause | undefined;
  readonly facts: Facts;
  /** Whether another code was just sent. */
  readonly sent: boolean;
  /** The status for an answer in JSON. */
  readonly status: number;
  /** The body in JSON (docs/answers.md). */
  json(options?: { location?: string }): Record<string, unknown>;
  /** The attributes of <todoita-code>, by name. */
  attributes(): Record<string, string | true>;
  /** The same as text for a start tag, escaped, each with a space before it. */
  html(): string;
  /** Status, headers and body: JSON, the page, or a redirect. */
  reply(options: ReplyOptions): { status: number; headers: Record<string, string>; body: string };
  /** The same as a `Response`. */
  response(options: ReplyOptions): Response;
}

/** The code step of a sign-in: how it decides is in docs/integrations/code-step.md. */
export function createCodeStep(options: CodeStepOptions): CodeStep;
