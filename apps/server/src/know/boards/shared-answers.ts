interface Kept<Answer> {
  version: string;
  readAt: number;
  answer: Promise<Answer>;
}

interface Asked<Answer> {
  /** What is asked and for whom: only the same question in the same scope shares an answer. */
  name: string;
  /** The figures' version: a newer one makes an answer old. */
  version: string;
  /** An answer younger than this is given even when newer figures exist; milliseconds. */
  keepMs: number;
  read: () => Promise<Answer>;
}

const keptMax = 1_000;

/**
 * One reading for all who look at the same tile: an answer holds while no newer figures arrived, and at least `keepMs`. However many
 * screens watch and however often figures change, a tile is read at most once in `keepMs`, and never twice at a time.
 */
export function sharedAnswers<Answer>(now: () => number = () => performance.now()): (asked: Asked<Answer>) => Promise<Answer> {
  const kept = new Map<string, Kept<Answer>>();
  return ({ name, version, keepMs, read }) => {
    const known = kept.get(name);
    if (known !== undefined && (known.version === version || now() - known.readAt < keepMs)) return known.answer;
    kept.delete(name);
    const oldest = kept.keys().next();
    if (kept.size >= keptMax && !oldest.done) kept.delete(oldest.value);
    const answer = (known?.answer ?? Promise.resolve()).catch(() => undefined).then(read);
    kept.set(name, { version, readAt: now(), answer });
    answer.catch(() => kept.get(name)?.answer === answer && kept.delete(name));
    return answer;
  };
}
