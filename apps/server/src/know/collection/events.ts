import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const ids = z.array(z.uuid()).min(1);

/** Somebody may send behaviour events now, or no more. Without the key. */
export const sourceAdded = eventType(
  'collection.source_added',
  z.object({ name: z.string(), kind: z.string(), channel: z.string() }),
);
export const sourceClosed = eventType('collection.source_closed', z.object({ name: z.string() }));

/** Somebody put a bad event right; which fields is in the event's own record. */
export const badEventMended = eventType('collection.bad_event_mended', z.object({ id: z.uuid() }));
export const badEventsReplayed = eventType('collection.bad_events_replayed', z.object({ ids }));
export const badEventsDiscarded = eventType('collection.bad_events_discarded', z.object({ ids, reason: z.string() }));

/** The plan of an event is another from now on. */
export const eventPlanned = eventType('collection.event_planned', z.object({ name: z.string(), version: z.int() }));
