import type { Tx } from '../../platform/db.ts';
import { batchesOf, type EventLog, type LogPlace, nextPlace, postgresLog, rowsBetween } from '../collection/index.ts';
import { addBehaviour } from './expand-behaviour.ts';
import { expandEvents } from './expand-events.ts';
import { type Expansion, noExpansion } from './late/expansion.ts';
import { eventsBetween, nextEventPlace } from './log.ts';
import type { NameBook } from './name-book.ts';
import type { FeedName } from './tables.ts';

/** One ordered log and what its entries mean. Both functions give the same answer for the same places, whenever they are asked. */
export interface Feed {
  name: FeedName;
  next: (tx: Tx, after: LogPlace) => Promise<(LogPlace & { entries: number }) | undefined>;
  /** Answers what makes the facts: what lies outside PostgreSQL is fetched when no transaction is open any more. */
  expand: (tx: Tx, after: LogPlace, upto: LogPlace) => Promise<() => Promise<Expansion>>;
}

// Bounds of memory: an order out of an import has some tens of lines, a line two or three rows. 500 of those, or 6,000 steps of live
// orders; twice as many are no faster and take 40 MB more.
const weightAtOnce = 6_000;
const behaviourAtOnce = 10_000;

export const buildFeeds = (names: NameBook, log: EventLog = postgresLog): readonly Feed[] => [
  {
    name: 'events',
    next: (tx, after) => nextEventPlace(tx, after, weightAtOnce),
    expand: async (tx, after, upto) => {
      const expansion = await expandEvents(tx, await eventsBetween(tx, after, upto), names);
      return () => Promise.resolve(expansion);
    },
  },
  {
    name: 'behaviour',
    next: (tx, after) => nextPlace(tx, after, behaviourAtOnce),
    expand: async (tx, after, upto) => {
      const rows = await rowsBetween(tx, after, upto);
      return async () => {
        const expansion = noExpansion();
        addBehaviour(expansion, await batchesOf(rows, log));
        return expansion;
      };
    },
  },
];
