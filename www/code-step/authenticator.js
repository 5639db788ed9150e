// The authenticator of an account: its secret is proposed, and counts when a code of it was confirmed. A proposed secret belongs
// to the session in which it was proposed: otherwise somebody who had a session for a moment could leave a secret there that the
// owner takes for a new one.
import { keyUri, newSecret, readKeyUri, verifyTotp } from "#functions";

import { Answer } from "./answer.js";
import { digitsOf } from "./form.js";
import { accountOf, enrolOptions, knownOf, optionsOf } from "./options.js";
import { throttle } from "./policy.js";
import { accountRecord, readAccount, readProposal, writeAccount, writeProposal } from "./records.js";
import { count, takeBack } from "./rules.js";

/** Enrolment, removal, and the end of a lock. */
export function authenticatorOf({ keys, policy, store, wall, digits, host }) {
  /** Changes the record of an account; `change` gets the text of another record, too. */
  const update = (account, change, other = []) =>
    store.update([accountRecord(account), ...other], ([text, otherText]) => {
      const now = wall();
      const record = readAccount(text, now);
      const result = change(record, now, otherText);
      return { values: [writeAccount(record, now)], result };
    });

  const read = async (account) => {
    const [text] = await store.read([accountRecord(accountOf(account))]);
    return readAccount(text, wall());
  };

  /** Proposes a secret. Others that were proposed stay, and so does an authenticator that counts already, until one is confirmed. */
  async function enrol(account, options) {
    const { issuer, label } = enrolOptions(options, accountOf(account));
    const secret = newSecret();
    const uri = keyUri({ secret, issuer, account: shown(label) });
    const sealed = await keys.seal(secret, account);
    secret.fill(0);
    const { token, record } = await keys.newToken("enrolment");
    await store.update([accountRecord(account), record], ([text]) => {
      const now = wall();
      const { changes } = readAccount(text, now);
      return { values: [undefined, writeProposal({ account, secret: sealed, changes, now })] };
    });
    return { enrolment: token, uri, typed: readKeyUri(uri).secret };
  }

  /** Takes the first code of the secret that was proposed in an enrolment. A wrong one is a failure of the account. */
  async function confirm(account, enrolment, text, options) {
    accountOf(account);
    const [given] = optionsOf(options, ["known"]);
    const known = knownOf(given);
    const named = await keys.ofToken("enrolment", enrolment);
    const now = wall();
    const ended = (at) => new Answer({ account, facts: { now: at, cause: "ended" } });
    if (!named) return ended(now);
    const refused = (record, at, cause) => {
      const state = throttle(policy, record, known, at);
      const facts = { now: at, cause: state.cause === "locked" ? "locked" : cause, attemptsLeft: state.attemptsLeft };
      return new Answer({ account, facts: { ...facts, ...(state.cause && { retryAt: state.until }) } });
    };
    const [before, proposal] = await store.read([accountRecord(account), named.record]);
    const record = readAccount(before, now);
    const proposed = readProposal(proposal, account, record, now);
    const secret = proposed && (await keys.open(proposed.secret, account));
    if (!secret) return ended(now);
    const typed = digitsOf(text, digits, host);
    if (typed === undefined) return refused(record, now, "wrong");
    const uncounted = await update(account, (record, now) => {
      const closed = count(policy, record, { known, signIn: named.record }, now);
      return closed && refused(record, now, closed.cause);
    });
    if (uncounted) return uncounted;
    const confirmed = (record, now, proposal) => {
      const proposed = readProposal(proposal, account, record, now);
      if (!proposed) return ended(now);
      const verdict = verifyTotp(secret, typed, now);
      // The same code again, pressed twice or after a lost answer: the same outcome, and it is no failure.
      const repeated = proposed.isConfirmed && verdict.ok && verdict.step === record.lastStep;
      if (proposed.isConfirmed && !repeated) return ended(now);
      if (!verdict.ok) return refused(record, now, "wrong");
      if (!repeated) {
        // Its step is stored too, or the code would be good for the first sign-in as well.
        Object.assign(record, { secret: proposed.secret, lastStep: verdict.step, changes: record.changes + 1 });
      }
      takeBack(record, named.record);
      return new Answer({ account, accepted: true, facts: { now } });
    };
    return update(account, confirmed, [named.record]);
  }

  /** Seals an account's secret under the first key. False where it does not open. */
  async function rekey(account) {
    const { secret: sealed } = await read(account);
    if (!sealed || (await keys.isCurrent(sealed))) return true;
    const secret = await keys.open(sealed, account);
    if (!secret) return false;
    const again = await keys.seal(secret, account);
    secret.fill(0);
    await update(account, (record) => void (record.secret === sealed && (record.secret = again)));
    return true;
  }

  return {
    enrol,
    confirm,
    rekey,
    hasAuthenticator: async (account) => (await read(account)).secret !== null,
    async removeAuthenticator(account) {
      await update(accountOf(account), (record) => Object.assign(record, { secret: null, lastStep: null, changes: record.changes + 1 }));
    },
    async unlock(account) {
      await update(accountOf(account), (record) => (record.failures = []));
    },
  };
}

/** A label as an authenticator can show it: in a key URI the colon separates it from the issuer. */
const shown = (label) => label.replace(/[:\p{Cc}]/gu, ".");
