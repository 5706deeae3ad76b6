const keptMax = 200;

/**
 * Reads once for all who ask the same: an answer holds as long as its key does, so the key must name everything the answer depends on — the
 * version of the figures, the edition of the definitions, the question and the viewer's scope. A failure is not kept.
 */
export function sharedReadings<Answer>(): (key: readonly unknown[], read: () => Promise<Answer>) => Promise<Answer> {
  const kept = new Map<string, Promise<Answer>>();
  return (key, read) => {
    const name = JSON.stringify(key);
    const known = kept.get(name);
    if (known !== undefined) return known;
    if (kept.size >= keptMax) kept.clear();
    const reading = read();
    kept.set(name, reading);
    reading.catch(() => kept.delete(name));
    return reading;
  };
}

const minuteMs = 60_000;

/** The last instant of the running minute: what is cut there holds nothing less than now, and for a minute the same. */
export const endOfMinute = (now: Date): Date => new Date(Math.floor(now.getTime() / minuteMs + 1) * minuteMs - 1);
