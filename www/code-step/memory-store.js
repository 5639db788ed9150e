// A store in memory: for tests, and for a service of one process whose sign-ins may end with it.

/** A store that ends with the process. */
export function memoryStore() {
  const records = new Map();
  return {
    async read(keys) {
      return keys.map((key) => records.get(key)?.text);
    },
    async update(keys, change) {
      // Nothing else runs meanwhile: `change` does not wait.
      const { values, result } = change(keys.map((key) => records.get(key)?.text));
      values.forEach((value, index) => value && records.set(keys[index], value));
      return result;
    },
    async sweep(now) {
      for (const [key, { expiresAt }] of records) if (expiresAt !== null && expiresAt <= now) records.delete(key);
    },
  };
}
