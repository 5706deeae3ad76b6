import type { Tx } from '../../platform/db.ts';
import { type EventLog, postgresLog } from './log/event-log.ts';
import { batchesOf, rowsBetween } from './queries.ts';
import type { KeptEvent } from './wire.ts';

interface WorldLike {
  inTx: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** Every event that was taken, in log order. */
export async function eventsIn(world: WorldLike, log: EventLog = postgresLog): Promise<KeptEvent[]> {
  const rows = await world.inTx((tx) => rowsBetween(tx, { xid: '0', seq: 0 }, { xid: '9223372036854775807', seq: 0 }));
  return (await batchesOf(rows, log)).flatMap(({ events }) => events);
}
