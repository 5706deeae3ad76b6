import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const figures = { day: z.iso.date(), what: z.string(), entries: z.int(), amountFen: z.int() };

/** An analyst took an entry of the late ledger into the figures of its day, or left it out for good. The reason is theirs. */
export const lateTaken = eventType('stream.late_taken', z.object({ id: z.uuid(), ...figures, reason: z.string() }));
export const lateLeft = eventType('stream.late_left', z.object({ id: z.uuid(), ...figures, reason: z.string() }));

/** PostgreSQL and ClickHouse were compared; `left` of the differences could not be repaired. */
export const reconciled = eventType(
  'stream.reconciled',
  z.object({ id: z.uuid(), outcome: z.string(), checks: z.int(), differences: z.int(), left: z.int() }),
);
