import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

export const returnRecorded = eventType('returns.return_recorded', z.object({ returnId: z.uuid(), orderId: z.uuid() }));
/** Returns of history came in, at most 1,000 an event. */
export const returnsImported = eventType(
  'returns.returns_imported',
  z.object({ importId: z.string(), returnIds: z.array(z.uuid()).min(1).max(1000) }),
);
