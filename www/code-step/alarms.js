// The alarms of a code step, for the operator of the service: each at most once an hour.

const PERIOD = 3_600_000;
const LINES = {
  "paid-limit": "the limit of codes by SMS and calls (limits.sendsPaid) is reached: none are sent until it has room",
  "unopened-secret": "the secret of an authenticator does not open: its key is not in `key`, or it was altered",
};

const logged = ({ reason }) => console.error(`todoita/server: ${LINES[reason]}`);

/** A function that reports an alarm, unless one of the same reason was reported within the hour. */
export function alarmsOf(report = logged) {
  const due = new Map();
  return async (alarm, now) => {
    if (now < (due.get(alarm.reason) ?? now)) return;
    due.set(alarm.reason, now + PERIOD);
    await report(alarm);
  };
}
