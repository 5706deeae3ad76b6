import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

/** A promotion was written, started, paused, ended or changed; listeners read how it is now. */
export const promotionChanged = eventType(
  'promotions.promotion_changed',
  z.object({ promotionId: z.uuid(), state: z.string(), version: z.int() }),
);
