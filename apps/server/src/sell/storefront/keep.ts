// Things kept for a moment, by key.

export interface Keep<V> {
  /** What is known of a key `at` this time, ms; given so that many keys need one look at the clock. */
  get: (key: string, at: number) => V | undefined;
  put: (key: string, value: V, at: number) => void;
}

/** Keeps a value for `lifeMs` at most and `entriesMax` values at most, the oldest go first; `lifeMs` 0 keeps none. */
export function makeKeep<V>({ lifeMs, entriesMax }: { lifeMs: number; entriesMax: number }): Keep<V> {
  const entries = new Map<string, { value: V; until: number }>();
  return {
    get: (key, at) => {
      const known = entries.get(key);
      return known !== undefined && at < known.until ? known.value : undefined;
    },
    put: (key, value, at) => {
      if (lifeMs === 0) return;
      entries.delete(key); // so that the map's order is the order of age
      entries.set(key, { value, until: at + lifeMs });
      if (entries.size <= entriesMax) return;
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    },
  };
}
