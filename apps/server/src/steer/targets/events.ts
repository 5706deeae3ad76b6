import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

export const targetSet = eventType(
  'targets.target_set',
  z.object({ targetId: z.uuid(), metric: z.string(), version: z.int(), value: z.number() }),
);
