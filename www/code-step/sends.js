// The limits of the codes that are sent: the windows that count them, and from when one may be sent.
import { readTimes } from "./records.js";

/** The channels by which a code is sent, in the order in which they are offered. */
export const SENT = ["sms", "voice", "email"];
/** Those of which each message costs money. */
const PAID = ["sms", "voice"];

/** The windows of a code by a channel to a destination: the counter, its value, and how many are allowed. */
function countedBy(policy, { account, known, network, channel, destination }) {
  const sends = policy.get("sends") - (known ? 0 : policy.get("sendsKept"));
  return [
    { kind: "account", value: account, allowed: Math.max(sends, 0) },
    { kind: "destination", value: destination, allowed: policy.get("sendsPerDestination") },
    ...(network.address ? [{ kind: "address", value: network.address, allowed: policy.get("sendsPerAddress") }] : []),
    ...(network.range ? [{ kind: "range", value: network.range, allowed: policy.get("sendsPerRange") }] : []),
    ...(PAID.includes(channel)
      ? [
          // A range of 10,000 numbers or so, which one owner may have rented.
          { kind: "prefix", value: destination.slice(0, -4), allowed: policy.get("sendsPerPrefix") },
          { kind: "paid", value: "", allowed: policy.get("sendsPaid") },
        ]
      : []),
  ];
}

/**
 * The windows of each channel that has a destination: what they count (`kind`), how many are allowed, and the names of their
 * counter, one for each key. The first name counts, all of them are read.
 * @returns {Promise<Map<string, { kind: string, allowed: number, names: string[] }[]>>}
 */
export async function windowsOf(policy, keys, { account, known, network, to }) {
  const named = async ({ kind, value, allowed }) => ({ kind, allowed, names: await keys.counters(kind, value) });
  const windows = async (channel) => {
    const list = countedBy(policy, { account, known, network, channel, destination: to[channel] });
    return [channel, await Promise.all(list.map(named))];
  };
  return new Map(await Promise.all(SENT.filter((channel) => to[channel]).map(windows)));
}

/** The names of all counters of windows, each once. */
export const countersOf = (windows) => [...new Set([...windows.values()].flat().flatMap(({ names }) => names))];

/** The times of counters, by name. */
export const timesOf = (counters, texts) => new Map(counters.map((name, index) => [name, readTimes(texts[index])]));

/**
 * The limits that let no code be sent by a channel now, each with the time from which it has room: windows by their kind, and
 * `cool-down`, that of the channel in this sign-in.
 */
export function fullOf(policy, { signIn, windows, times }, channel, now) {
  const last = signIn.codes.findLast((code) => code.channel === channel);
  const full = (windows.get(channel) ?? []).map(({ kind, allowed, names }) => {
    const sent = Float64Array.from(names.flatMap((name) => times.get(name))).sort();
    return { kind, until: policy.sendsFull(sent, allowed, now) };
  });
  return [{ kind: "cool-down", until: policy.resendAt(last?.at, now) }, ...full].filter(({ until }) => until !== undefined);
}

/** From when all that is full has room; undefined where nothing is full. */
export const roomFrom = (full) => (full.length ? Math.max(...full.map(({ until }) => until)) : undefined);
