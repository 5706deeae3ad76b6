import { schedules as contract } from '@tongshang/contract';
import * as z from 'zod';
import { eventType } from '../../../platform/events.ts';

const saved = z.object({
  scheduleId: z.uuid(),
  subject: contract.Subject,
  timing: contract.Timing,
  recipients: z.array(z.string()),
});

/** A board or a question goes to these people from now on. */
export const scheduleCreated = eventType('boards.schedule_created', saved);
export const scheduleChanged = eventType('boards.schedule_changed', saved);
export const schedulePaused = eventType('boards.schedule_paused', z.object({ scheduleId: z.uuid(), isPaused: z.boolean() }));
export const scheduleRemoved = eventType('boards.schedule_removed', z.object({ scheduleId: z.uuid(), name: z.string() }));

/** Figures left the house: to whom, and of which store; null is all of it. */
export const figuresMailed = eventType(
  'boards.figures_mailed',
  z.object({ deliveryId: z.uuid(), staffId: z.string(), store: z.string().nullable() }),
);
