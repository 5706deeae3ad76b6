export interface MicroCache<T> {
  /** The value for a key, made at most once at a time and kept for the lifetime; a failure is not kept. */
  get: (key: string, make: () => Promise<T>) => Promise<T>;
}

interface Entry<T> {
  madeAtMs: number;
  value: Promise<T>;
}

/** Answers that everybody may share, for a moment: many who ask at once cause one piece of work. */
export function makeMicroCache<T>(options: { ttlMs: number; entriesMax: number; nowMs?: () => number }): MicroCache<T> {
  const { ttlMs, entriesMax, nowMs = () => performance.now() } = options;
  const entries = new Map<string, Entry<T>>();
  return {
    get(key, make) {
      const now = nowMs();
      const known = entries.get(key);
      if (known !== undefined && now - known.madeAtMs < ttlMs) return known.value;
      const entry: Entry<T> = { madeAtMs: now, value: make() };
      entries.delete(key); // so that the map's order is the order of age
      entries.set(key, entry);
      entry.value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key);
      });
      for (const oldest of entries.keys()) {
        if (entries.size <= entriesMax) break;
        entries.delete(oldest);
      }
      return entry.value;
    },
  };
}
