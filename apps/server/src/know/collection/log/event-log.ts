import type { KeptEvent } from '../wire.ts';

/** Where a batch's events lie outside PostgreSQL: a part of a message, known by its number and by the id that it was given. */
export interface LogSlot {
  seq: number;
  part: number;
  id: string;
}

/**
 * Who keeps the events of batches from outside. A batch is taken when its row in PostgreSQL is committed; what an adapter keeps that no row
 * names was never answered and never counts. So a crash between the two loses nothing and doubles nothing.
 */
export interface EventLog {
  /**
   * Before the transaction that takes them: brings the events of batches to where they stay. Answers a slot for each once they are safe, or
   * `undefined` where the row itself is to hold them. Refuses `server.busy` when that is impossible now.
   */
  append: (batches: readonly (readonly KeptEvent[])[]) => Promise<readonly (LogSlot | undefined)[]>;
  /** What lies in slots, in their order: the same for ever. Throws when a slot does not hold what was put there. */
  read: (slots: readonly LogSlot[]) => Promise<readonly KeptEvent[][]>;
  close: () => Promise<void>;
}

/** The log of one machine: events lie in the row of their batch, and commit with everything else about it. */
export const postgresLog: EventLog = {
  append: (batches) => Promise.resolve(batches.map(() => undefined)),
  read: ([first]) =>
    first === undefined
      ? Promise.resolve([])
      : Promise.reject(
          new Error(`events of message ${first.seq} lie in JetStream: NATS_URL must name it while rows point there`),
        ),
  close: () => Promise.resolve(),
};
