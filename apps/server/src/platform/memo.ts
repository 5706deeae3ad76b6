// Answers that many ask for at once: made once, given to all for a moment.

export interface Memo<T> {
  /** The answer for this key: the one made less than `lifeMs` ago, or the one being made, or a new one. A failure is not kept. */
  get: (key: string, make: () => Promise<T>) => Promise<T>;
}

/** Keeps at most `entriesMax` answers, the oldest go first; `lifeMs` 0 keeps none. `now` counts milliseconds and never goes back. */
export function createMemo<T>({
  lifeMs,
  entriesMax,
  now = () => performance.now(),
}: {
  lifeMs: number;
  entriesMax: number;
  now?: () => number;
}): Memo<T> {
  const entries = new Map<string, { answer: Promise<T>; until: number }>();
  return {
    get: (key, make) => {
      if (lifeMs === 0) return make();
      const known = entries.get(key);
      if (known !== undefined && now() < known.until) return known.answer;
      const answer = make();
      entries.delete(key);
      entries.set(key, { answer, until: now() + lifeMs });
      answer.catch(() => entries.delete(key));
      for (const oldest of entries.keys()) {
        if (entries.size <= entriesMax) break;
        entries.delete(oldest);
      }
      return answer;
    },
  };
}
