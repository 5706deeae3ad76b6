import { observations as contract } from '@tongshang/contract';
import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

/** Versions of outside figures, whole: a version never changes, so whoever hears of it needs to ask nobody. At most 200 an event. */
export const observationsRecorded = eventType(
  'observations.recorded',
  z.object({
    rows: z
      .array(
        z.object({
          id: z.uuid(),
          version: z.int(),
          name: contract.ObservableName,
          combines: z.enum(['flow', 'mean', 'level']),
          from: z.iso.date(),
          to: z.iso.date(),
          channel: z.string(),
          campaign: z.string(),
          value: z.number(),
          cases: z.int().nullable(),
          isWithdrawn: z.boolean(),
        }),
      )
      .min(1)
      .max(200),
  }),
);
