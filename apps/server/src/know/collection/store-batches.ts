import type { Ctx } from '../../platform/ctx.ts';
import type { LogSlot } from './log/event-log.ts';
import { collection } from './tables.ts';
import type { KeptEvent } from './wire.ts';

export interface NewBatch {
  source: string;
  channel: string;
  events: readonly KeptEvent[];
  receivedAt: Date;
  /** Where all that came lies already, when it is not to lie in the row. */
  slot?: LogSlot | undefined;
  /** What lies in the slot: `events`, and those that had been taken before. */
  sent?: readonly KeptEvent[];
}

/** Keeps batches of behaviour events for good: they are on disk when the transaction has committed. Empty batches leave no row. */
export async function storeBatches(ctx: Ctx, batches: readonly NewBatch[]): Promise<void> {
  const rows = batches
    .filter((batch) => batch.events.length > 0)
    .map(({ source, channel, events, receivedAt, ...where }) => ({
      source,
      channel,
      event_count: events.length,
      received_at: receivedAt,
      ...bodyOf(events, where),
    }));
  if (rows.length > 0) await collection(ctx.tx).insertInto('batch').values(rows).execute();
}

function bodyOf(events: readonly KeptEvent[], { slot, sent = events }: Pick<NewBatch, 'slot' | 'sent'>) {
  if (slot === undefined) return { events: JSON.stringify(events) };
  const kept = new Set(events);
  const where = (is: (event: KeptEvent) => boolean): number[] | null => {
    const places = sent.flatMap((event, place) => (is(event) ? [place] : []));
    return places.length === 0 ? null : places;
  };
  return {
    log_seq: slot.seq,
    log_part: slot.part,
    log_id: slot.id,
    skipped: where((event) => !kept.has(event)),
    joining: where((event) => kept.has(event) && event.isJoining === true),
  };
}
