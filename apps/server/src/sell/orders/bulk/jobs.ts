import * as z from 'zod';
import { jobType } from '../../../platform/jobs.ts';

export const actInBulk = jobType('orders/act-in-bulk', z.object({ runId: z.uuid() }));
