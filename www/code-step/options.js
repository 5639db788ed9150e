// The options of the code step and of its methods. An invalid one is a TypeError (of another type) or a RangeError (outside its
// range) that begins with its name.
import { members, range, text, timeOf, type } from "../arguments.js";
import { networkOf } from "./policy.js";
import { SENT } from "./sends.js";

const METHODS = [...SENT, "app"];
/** The longest name of an account, label of a key URI, and host. */
const LONGEST_NAME = 1_024;
const LONGEST_HOST = 255;

const optional = (check) => (name, value, ...rest) => (value === undefined ? undefined : check(name, value, ...rest));

function functionOf(name, value) {
  if (typeof value !== "function") throw type(name, "a function", value);
  return value;
}

function named(name, value, longest) {
  if (text(name, value, longest) === "") throw range(name, "must not be empty");
  return value;
}

function storeOf(store) {
  if (typeof store !== "object" || store === null) throw type("store", "a store", store);
  for (const name of ["read", "update", "sweep"]) {
    if (typeof store[name] !== "function") throw type("store", `a store with the function ${name}`, store);
  }
  return store;
}

/** The options of `createCodeStep`; `wall` gives the time of its clock. `key` and `limits` are checked where they are read. */
export function stepOptions(options) {
  const names = ["key", "store", "send", "destinations", "limits", "clock", "host", "field", "alarm"];
  const [key, store, send, destinations = () => ({}), limits, clock = Date.now, host, field = "code", alarm] = members("options", options, names);
  functionOf("clock", clock);
  return {
    key,
    store: storeOf(store),
    send: functionOf("send", send),
    destinations: functionOf("destinations", destinations),
    limits,
    wall: () => timeOf("clock", clock()),
    host: optional(named)("host", host, LONGEST_HOST),
    field: named("field", field, LONGEST_NAME),
    alarm: optional(functionOf)("alarm", alarm),
  };
}

/** The name of an account. */
export const accountOf = (account) => named("account", account, LONGEST_NAME);

/** The own members of a method's options. */
export const optionsOf = (options = {}, names) => members("options", options, names);

/** Whether a place is known. */
export function knownOf(known = false) {
  if (typeof known !== "boolean") throw type("known", "a boolean", known);
  return known;
}

/** The options of `begin`. */
export function beginOptions(options) {
  const [channel, known, address] = optionsOf(options, ["channel", "known", "address"]);
  if (channel !== undefined && !METHODS.includes(text("channel", channel, LONGEST_NAME))) {
    throw range("channel", `must be one of ${METHODS.join(", ")}`);
  }
  return { channel, known: knownOf(known), network: addressOf(address) };
}

/** The network in the options of `status` and `post`. */
export function networkOption(options) {
  const [address] = optionsOf(options, ["address"]);
  return addressOf(address);
}

const addressOf = (address) => (address === undefined ? {} : networkOf(address));

/** The options of `enrol`: the issuer, and the label, which is the account's name by default. */
export function enrolOptions(options, account) {
  const [issuer, label = account] = optionsOf(options, ["issuer", "label"]);
  return { issuer: optional(text)("issuer", issuer, LONGEST_NAME), label: named("label", label, LONGEST_NAME) };
}

/** Where an account's codes are sent, by channel; an empty text for nowhere. An inherited destination is none. */
export function destinationsOf(given) {
  if (typeof given !== "object" || given === null) throw type("destinations", "a function that gives an object", given);
  const destination = (channel) => {
    const value = (Object.hasOwn(given, channel) ? given[channel] : undefined) ?? "";
    if (typeof value !== "string") throw type("destinations", `a function that gives a text, null or undefined for ${channel}`, value);
    return [channel, value];
  };
  return Object.fromEntries(SENT.map(destination));
}
