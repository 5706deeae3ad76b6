import * as z from 'zod';
import { openFigures } from '../../know/metrics/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { job, jobType } from '../../platform/jobs.ts';
import type { Analytics } from '../targets/index.ts';
import { readValues } from './read-values.ts';
import { saveStandings } from './save-standings.ts';
import { warnings } from './tables.ts';

export const evaluateRules = jobType('warnings/evaluate-rules', z.object({}));

/**
 * Looks at every active rule once. The values are read first, outside of any transaction; then each rule is decided in one transaction of
 * its own, under a lock on the rule. Safe to run twice or at the same time: an older look never overwrites a newer one.
 */
export const evaluateRulesJob = (outside: { analytics: Analytics }) =>
  job(evaluateRules, async ({ inTx, now, signal }) => {
    const rules = await inTx((ctx) => activeRules(ctx));
    for (const rule of rules) {
      if (signal.aborted) return;
      const at = now();
      const values = await readValues(await openFigures(outside.analytics, inTx), { inTx, at }, rule);
      await inTx((ctx) => saveStandings(ctx, { ruleId: rule.id, version: rule.version, values, at }));
    }
  });

const activeRules = (ctx: Ctx) =>
  warnings(ctx.tx)
    .selectFrom('rule')
    .select(['id', 'version', 'metric', 'entity', 'against'])
    .where('is_active', '=', true)
    .orderBy('id')
    .execute();
