// Things kept for a moment, by key.

export interface Keep<V> {
  get: (key: string) => V | undefined;
  put: (key: string, value: V) => void;
}

/** Keeps a value for `lifeMs` at most and `entriesMax` values at most, the oldest go first; `lifeMs` 0 keeps none. */
export function makeKeep<V>({
  lifeMs,
  entriesMax,
  now = () => performance.now(),
}: {
  lifeMs: number;
  entriesMax: number;
  now?: () => number;
}): Keep<V> {
  const entries = new Map<string, { value: V; until: number }>();
  return {
    get: (key) => {
      const known = entries.get(key);
      return known !== undefined && now() < known.until ? known.value : undefined;
    },
    put: (key, value) => {
      if (lifeMs === 0) return;
      entries.delete(key); // so that the map's order is the order of age
      entries.set(key, { value, until: now() + lifeMs });
      if (entries.size <= entriesMax) return;
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    },
  };
}
