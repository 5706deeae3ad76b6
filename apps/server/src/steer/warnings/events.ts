import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const facts = {
  signalId: z.uuid(),
  ruleId: z.uuid(),
  metric: z.string(),
  entity: z.enum(['total', 'sku', 'store', 'channel', 'category']),
  entityKey: z.string(),
  direction: z.enum(['below', 'above']),
  value: z.number(),
};

/** A value stayed beyond its fire level for the hold time. */
export const signalFired = eventType('warnings.signal_fired', z.object(facts));

/** A firing value came back to its clear level. */
export const signalResolved = eventType('warnings.signal_resolved', z.object(facts));
