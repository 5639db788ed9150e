// `todoita/better-auth`: the field with a client of better-auth 1.7, whose API takes JSON alone and answers in words of its own.

/** The error codes of better-auth's plugins, as causes of docs/answers.md. */
const CAUSES = {
  INVALID_CODE: "wrong",
  INVALID_OTP: "wrong",
  INVALID_BACKUP_CODE: "wrong",
  OTP_EXPIRED: "expired",
  OTP_HAS_EXPIRED: "expired",
  OTP_NOT_FOUND: "expired",
  TOO_MANY_ATTEMPTS: "exhausted",
  ACCOUNT_TEMPORARILY_LOCKED: "locked",
  INVALID_TWO_FACTOR_COOKIE: "ended",
};

/**
 * The answer to the wrong code that is one too many: better-auth has deleted the sent code, which can be sent again
 * (`verifyOtp`), or what the password began, which cannot (`verifyTotp`, `verifyBackupCode`).
 */
const LAST_ATTEMPT = "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE";

/** How long the button "send again" waits, in milliseconds. */
const RESEND_AFTER = 30_000;

/** Whether a text is checked as a code that was sent. */
const isSent = (kind, channel) => kind !== "backup" && channel !== "app";

/** The calls of each plugin: `verify` takes the code, `send` asks for another one. */
const PLUGINS = {
  twoFactor: {
    verify(client, { code, kind, channel, trustDevice }, options) {
      const body = { code, ...(trustDevice !== undefined && { trustDevice }) };
      if (kind === "backup") return client.twoFactor.verifyBackupCode(body, options);
      return isSent(kind, channel) ? client.twoFactor.verifyOtp(body, options) : client.twoFactor.verifyTotp(body, options);
    },
    send: (client, _, options) => client.twoFactor.sendOtp({}, options),
  },
  emailOTP: {
    verify: (client, { code, email }, options) => client.signIn.emailOtp({ email, otp: code }, options),
    send: (client, { email }, options) => client.emailOtp.sendVerificationOtp({ email, type: "sign-in" }, options),
  },
  phoneNumber: {
    verify: (client, { code, phoneNumber }, options) => client.phoneNumber.verify({ phoneNumber, code }, options),
    send: (client, { phoneNumber }, options) => client.phoneNumber.sendOtp({ phoneNumber }, options),
  },
};

/**
 * Checks the field's codes, and sends other ones, by a client of better-auth. Gives a function that ends this.
 * @see better-auth.d.ts
 */
export function connect(element, client, options = {}) {
  const { plugin = "twoFactor", field = "code", trustDevice = "trust-device", location, start, codeLife, resendAfter = RESEND_AFTER } = options;
  const calls = PLUGINS[plugin];
  if (!calls) throw new RangeError(`plugin: must be one of ${Object.keys(PLUGINS).join(", ")}`);
  let channel = element.getAttribute("channel") ?? undefined;

  async function verify(formData, kind) {
    const trusted = formData.has(trustDevice) || undefined;
    const given = { ...options, code: formData.get(field), kind, channel, trustDevice: trusted };
    const { error, now, retryAt } = await answered((request) => calls.verify(client, given, request));
    if (!error) element.accepted(location);
    else element.refused({ cause: causeOf(error, isSent(kind, channel)), now, retryAt, location: start });
  }

  async function act(action) {
    const wanted = action === "resend" ? channel : action;
    const sends = wanted !== "app" && wanted !== "backup" && wanted !== "code";
    const { error, now, retryAt } = sends ? await answered((request) => calls.send(client, options, request)) : { now: Date.now() };
    if (error) return element.refused({ cause: causeOf(error), now, retryAt, resendAt: retryAt, location: start });
    if (wanted !== "code") channel = wanted;
    const times = sends ? { sentAt: now, resendAt: now + resendAfter, ...(codeLife && { expiresAt: now + codeLife }) } : {};
    element.sent({ now, channel, ...times });
  }

  function listener(event) {
    event.preventDefault();
    const { formData, kind, action } = event.detail;
    const done = action ? act(action) : verify(formData, kind);
    done.catch(() => element.refused({ cause: "unknown" }));
  }
  element.addEventListener("todoita-submit", listener);
  return () => element.removeEventListener("todoita-submit", listener);
}

/** A call's error, and the server's time, from which the field counts. */
async function answered(call) {
  let headers;
  const { error } = await call({ onResponse: ({ response }) => void ({ headers } = response) });
  const date = Date.parse(headers?.get("date") ?? "");
  const now = Number.isNaN(date) ? Date.now() : date;
  const seconds = Number.parseInt(headers?.get("x-retry-after") ?? "", 10);
  return { error, now, retryAt: Number.isNaN(seconds) ? undefined : now + seconds * 1000 };
}

/** The cause of an error. `sent`: the code that it answers was sent. */
function causeOf({ status, code }, sent = true) {
  if (code === LAST_ATTEMPT) return sent ? "exhausted" : "ended";
  return CAUSES[code] ?? (status === 429 ? "limited" : "unknown");
}
