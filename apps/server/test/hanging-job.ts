import * as z from 'zod';
import { job, jobType } from '../src/platform/jobs.ts';

export const hangType = jobType('test/hang', z.object({}));
export const hang = (work: () => Promise<void>) => job(hangType, work);
