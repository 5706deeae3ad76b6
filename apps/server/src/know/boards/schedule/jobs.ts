import { every, type Job, type Schedule } from '../../../platform/jobs.ts';
import { sendDeliveryJob, type SendingParts } from './send-delivery.ts';
import { startRuns, startRunsJob, tidyRuns, tidyRunsJob } from './start-runs.ts';

export const scheduleJobs = (parts: SendingParts): readonly Job[] => [startRunsJob, sendDeliveryJob(parts), tidyRunsJob];

export const scheduleSchedules: readonly Schedule[] = [
  every('* * * * *', startRuns),
  every('40 18 * * *', tidyRuns), // 02:40 in the business zone
];
