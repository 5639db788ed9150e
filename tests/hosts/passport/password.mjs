import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const hash = (password, salt) => promisify(scrypt)(password, salt, 32);
const salt = randomBytes(16);
/** Your accounts. A name that has none costs the same work. */
const accounts = { hana: await hash("correct horse battery", salt) };
const nobody = randomBytes(32);

/** Whether this is the account's password. Count its failures: that is not the code step's. */
export async function isPassword(name, password) {
  const given = await hash(password, salt);
  const isAccount = Object.hasOwn(accounts, name);
  return timingSafeEqual(given, isAccount ? accounts[name] : nobody) && isAccount;
}
