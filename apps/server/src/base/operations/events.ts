import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

/** Somebody asked for a failed job to be run again. */
export const jobRetried = eventType('operations.job_retried', z.object({ jobId: z.string() }));
