import type { Ctx } from '../../platform/ctx.ts';
import { collection } from './tables.ts';
import type { KeptEvent } from './wire.ts';

export interface NewBatch {
  source: string;
  channel: string;
  events: readonly KeptEvent[];
  receivedAt: Date;
}

/** Keeps batches of behaviour events for good: they are on disk when the transaction has committed. Empty batches leave no row. */
export async function storeBatches(ctx: Ctx, batches: readonly NewBatch[]): Promise<void> {
  const rows = batches
    .filter((batch) => batch.events.length > 0)
    .map(({ source, channel, events, receivedAt }) => ({
      source,
      channel,
      event_count: events.length,
      events: JSON.stringify(events),
      received_at: receivedAt,
    }));
  if (rows.length > 0) await collection(ctx.tx).insertInto('batch').values(rows).execute();
}
