import * as z from 'zod';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { job, jobType } from '../../../platform/jobs.ts';
import { addDays, dayOf } from '../../../platform/time.ts';
import { forgetOldVersions } from '../late/keep-late.ts';
import { askForComparison } from './reconcile-books.ts';

/** Late events open days again up to 72 hours after them; what a week has not shown an hourly look will not. */
const hourlyDays = 8;

export const askHourly = jobType('stream/reconcile', z.object({}));

/** On the hour: asks for a comparison, which whoever leads the stream does; while one is under way there is nothing to ask for. */
export const askHourlyJob = job(askHourly, ({ inTx }) =>
  inTx(async (ctx) => {
    const to = dayOf(ctx.now);
    await askForComparison(ctx, { from: addDays(to, 1 - hourlyDays), to, askedBy: 'stream' });
    await forgetOldVersions(ctx);
  }),
);

/** Asks for a comparison of so many business days up to today. Refuses `reconciliation.running`. */
export async function startReconciliation(ctx: Ctx, { days }: { days: number }): Promise<{ id: string }> {
  const to = dayOf(ctx.now);
  const id = await askForComparison(ctx, { from: addDays(to, 1 - days), to, askedBy: actorLabel(ctx.actor).name });
  return { id: id ?? refuse('reconciliation.running', {}) };
}
