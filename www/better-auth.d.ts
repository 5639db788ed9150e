// Types of `todoita/better-auth`.

import type { TodoitaCodeElement } from "./element.js";

type Call = (...given: any[]) => Promise<any>;

/** The part of a client of better-auth 1.7 that is used: that of the plugin named by `plugin`. */
export interface BetterAuthClient {
  twoFactor?: { verifyTotp: Call; verifyOtp: Call; verifyBackupCode: Call; sendOtp: Call };
  /** With the plugin of codes by mail it has `emailOtp`. */
  signIn?: object;
  emailOtp?: { sendVerificationOtp: Call };
  phoneNumber?: { verify: Call; sendOtp: Call };
}

interface Common {
  /** Where an accepted person goes. Without it the page receives `todoita-accepted`. */
  location?: string;
  /** Where a sign-in that is over starts again. */
  start?: string;
  /** The name of the input. Default `code`. */
  field?: string;
  /** How long a sent code is valid, in milliseconds, as the server's plugin is configured; without it nothing is stated. */
  codeLife?: number;
  /** How long the button "send again" waits, in milliseconds. Default 30,000. */
  resendAfter?: number;
}

export type ConnectOptions = Common &
  (
    | {
        /** The second factor after a password: by the channel of the element an authenticator's code or a sent one. Default. */
        plugin?: "twoFactor";
        /** The name of a checkbox in the form: do not ask again on this device. Default `trust-device`. */
        trustDevice?: string;
      }
    | { plugin: "emailOTP"; email: string }
    | { plugin: "phoneNumber"; phoneNumber: string }
  );

/**
 * Checks the field's codes, and sends other ones, by a client of better-auth. Gives a function that ends this.
 * @throws RangeError for another `plugin`
 */
export function connect(element: TodoitaCodeElement, client: BetterAuthClient, options?: ConnectOptions): () => void;
