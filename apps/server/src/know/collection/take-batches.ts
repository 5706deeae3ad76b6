import type { Ctx } from '../../platform/ctx.ts';
import { joinVisitors } from './identity.ts';
import { noteBreaks } from './note-breaks.ts';
import { claimMessages } from './seen.ts';
import { messageKey, type PlanBreak } from './sort-out.ts';
import { type BadBatch, storeBadEvents } from './store-bad-events.ts';
import { type NewBatch, storeBatches } from './store-batches.ts';

export interface TakenBatch extends NewBatch, BadBatch {
  breaks: readonly PlanBreak[];
}

/**
 * Takes batches from outside for good: events not taken before are kept, bad ones wait to be mended, visitors are joined to customers,
 * plan breaks counted. Answers how many of each batch's events had been taken before. All of it commits, or none.
 */
export async function takeBatches(ctx: Ctx, batches: readonly TakenBatch[]): Promise<number[]> {
  const keyed = batches.map(({ source, events }) => events.map((event) => ({ event, key: messageKey(source, event.messageId) })));
  const keys = new Set(keyed.flatMap((events) => events.map(({ key }) => key)));
  const taken = await claimMessages(ctx, [...keys]);

  const fresh = batches.map((batch, index) => {
    const events = (keyed[index] ?? []).flatMap(({ event, key }) => {
      if (taken.has(key)) return [];
      taken.add(key); // the next one of this name came with the same request, or with another that arrived beside it
      return [event];
    });
    return { ...batch, events, sent: batch.events };
  });

  await joinVisitors(ctx, fresh);
  await storeBatches(ctx, fresh);
  await storeBadEvents(ctx, fresh);
  await noteBreaks(ctx, fresh);
  return fresh.map(({ events }, index) => (batches[index]?.events.length ?? 0) - events.length);
}
