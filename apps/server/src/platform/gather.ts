// Questions that come together are asked together: one look for all pages that wait at that moment.
import type { Ctx } from './ctx.ts';

/** Reads what is there now: see `look` of the platform. */
export type Look = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;

export interface Gather<V> {
  /** What is known of these keys; a key that nothing is known of is absent. Other keys may be there too. */
  ask: (look: Look, keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;
}

interface Waiting<V> {
  look: Look;
  keys: readonly string[];
  answer: (found: ReadonlyMap<string, V>) => void;
  fail: (error: unknown) => void;
}

/** Asks at once while fewer than `flightsMax` questions are open; who comes later waits and goes with the next, at most `keysMax` keys at a time. */
export function makeGather<V>({
  load,
  flightsMax = 2,
  keysMax = 3000,
}: {
  load: (ctx: Ctx, keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;
  flightsMax?: number;
  keysMax?: number;
}): Gather<V> {
  const queue: Waiting<V>[] = [];
  let flights = 0;

  async function fly(party: readonly Waiting<V>[]): Promise<void> {
    const [first] = party;
    if (first === undefined) return;
    flights += 1;
    try {
      const keys = [...new Set(party.flatMap((one) => one.keys))].toSorted(); // neighbours in the index are read together
      const found = await first.look((ctx) => load(ctx, keys));
      for (const one of party) one.answer(found);
    } catch (error) {
      for (const one of party) one.fail(error);
    } finally {
      flights -= 1;
      next();
    }
  }

  function next(): void {
    if (flights >= flightsMax || queue.length === 0) return;
    let [count, keys] = [0, 0];
    for (const one of queue) {
      if (count > 0 && keys + one.keys.length > keysMax) break;
      keys += one.keys.length;
      count += 1;
    }
    void fly(queue.splice(0, count));
  }

  return {
    ask: (look, keys) => {
      if (keys.length === 0) return Promise.resolve(new Map<string, V>());
      return new Promise((answer, fail) => {
        queue.push({ look, keys, answer, fail });
        next();
      });
    },
  };
}
